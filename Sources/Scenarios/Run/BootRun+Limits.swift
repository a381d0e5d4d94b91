internal import Emulation

/// A limit that was hit.
struct HitLimit {
    /// Which, in words.
    var text: String
    /// Whose it is; nil for that of the whole machine.
    var source: SerialSource?

    /// A limit of the whole machine, or of one writer.
    init(_ text: String, of source: SerialSource? = nil) {
        self.text = text
        self.source = source
    }
}

/// How long nothing may happen, and how much may be written.
extension BootRun {
    /// Seconds in which something has to be written first, by U-Boot and by Xen.
    static let firstTextSeconds = 20.0
    /// Seconds after which nothing more is waited for where the simulation says that nothing will come.
    static let doomedSeconds = 8.0

    private var isDoomed: Bool { boot.findings.contains { $0.severity == "error" } }

    /// The limit that has been hit; nil for none.
    func limit(_ now: Double) -> HitLimit? {
        let limits = scenario.limits
        if now > Double(limits.wall) { return HitLimit("wall: not done after \(limits.wall) s") }
        let first = min(isDoomed ? Self.doomedSeconds : Self.firstTextSeconds, Double(limits.silence))
        if logs.byteCount == 0 {
            return now > first ? HitLimit("silence: no text at all for \(Int(first)) s") : nil
        }
        if let time = phases["hypervisor"], lastBytes.keys.allSatisfy({ $0 == .firmware }) {
            let text = "silence: nothing for \(Int(first)) s after U-Boot started the kernel"
            return now - time > first ? HitLimit(text) : nil
        }
        if phase != "domains" {
            return now - lastText > Double(limits.silence) ? HitLimit("silence: no text for \(limits.silence) s") : nil
        }
        return domainLimit(now)
    }

    private func domainLimit(_ now: Double) -> HitLimit? {
        let step = typist.nextStep
        for domain in judge.domains where !domain.isComplete || domain.name == step?.domain {
            let source = boot.names.first { $0.value == domain.name }.map { SerialSource.domain($0.key) }
            let last = source.flatMap { lastBytes[$0] } ?? phases["domains"] ?? phases["hypervisor"] ?? 0
            let silence = isDoomed ? min(scenario.limits.silence, Int(Self.doomedSeconds)) : scenario.limits.silence
            if now - last > Double(silence) {
                let waits = step.flatMap { $0.domain == domain.name ? $0.after : nil }
                let reason = waits.map { ", and the next step waits for \($0)" } ?? ""
                guard let source, lastBytes[source] == nil else {
                    return HitLimit("silence: \(domain.name) wrote nothing for \(silence) s\(reason)", of: source)
                }
                let text = "silence: \(domain.name) wrote nothing at all for \(silence) s"
                return HitLimit(text + hint(about: source), of: source)
            }
            if let time = domain.lastGuestTime, time > Double(scenario.limits.guest) {
                let text = "guest clock: \(domain.name) is at \(Int(time)) s, the limit is \(scenario.limits.guest) s"
                return HitLimit(text, of: source)
            }
        }
        return nil
    }

    /// Whether a writer wrote too much since something last happened that was awaited.
    func textLimit(of source: SerialSource) -> HitLimit? {
        guard written[source] ?? 0 > scenario.limits.text << 20 else { return nil }
        let name = judge.name(of: source)
        return HitLimit("text: \(name) wrote \(scenario.limits.text) MiB without anything that is expected", of: source)
    }

    /// Why a domain may write nothing: Xen tells of a Linux that sets up the interrupt controller.
    private func hint(about source: SerialSource) -> String {
        guard case .domain(let number) = source, number > 0, boot.payload != .linux, machine?.isStopped != true
        else { return "" }
        if boot.domainsWithoutConsole.contains(number) { return "; it has no vpl011, and so no console" }
        return judge.reachedInterrupts.contains(number)
            ? "; its kernel got as far as its interrupt controller, so look at its console"
            : "; its kernel did not get as far as its interrupt controller, so look at the kernel and its memory first"
    }
}

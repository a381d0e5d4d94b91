import Testing

@testable import Scenarios

/// Results of runs, each a kind of its own.
enum RunSample: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case passed
    case passedCrossCheck = "passed-cross-check"
    case failed
    case failedByLimit = "failed-by-limit"
    case failedWithNothingKnown = "failed-with-nothing-known"
    case failedCrossCheck = "failed-cross-check"
    case error
    case errorOfManyLines = "error-of-many-lines"
    case interrupted
    case interruptedAtOnce = "interrupted-at-once"
    case manyMissing = "many-missing"
    case sameNames = "same-names"
    case hostile
    case long

    var testDescription: String { rawValue }

    var result: RunResult {
        switch self {
        case .passed: Self.run(.passed)
        case .passedCrossCheck: crossChecked
        case .failed: Self.run(.failed, Self.script)
        case .failedByLimit: Self.run(.failed, Self.silence)
        case .failedWithNothingKnown: bare
        case .failedCrossCheck: differing
        case .error:
            Self.unprepared(.artifact, "Image: the package linux-image-arm64 of Debian bookworm is not in the cache")
        case .errorOfManyLines:
            Self.unprepared(.usage, "config:3:1: unknown key 'NUM_DOMS' [IB-KEY]\nconfig:9:1: no kernel [IB-KERNEL]")
        case .interrupted: Self.run(.interrupted, Self.stopped)
        case .interruptedAtOnce:
            RunResult(scenario: "dom0-domu", status: .interrupted, seconds: 0, folder: "out/dom0-domu")
        case .manyMissing: manyMissing
        case .sameNames: sameNames
        case .hostile: hostile
        case .long: long
        }
    }

    // MARK: Results

    private static func run(_ status: RunResult.Status, _ failure: RunResult.Failure? = nil) -> RunResult {
        var result = RunResult(scenario: "dom0-domu", status: status, seconds: 12.34, folder: "out/dom0-domu")
        result.board = "qemu-arm64-virt"
        result.failure = failure
        result.phases = ["emulator": 0.04, "firmware": 0.04, "preparation": 0.03, "verdict": 12.2]
        result.checks = [
            .init(domain: "dom0", text: "HELLO from dom0", isSeen: true, line: 3, seconds: 4.5, guestSeconds: 2),
            .init(domain: "domU0", text: "HELLO from domU0", isSeen: status == .passed),
        ]
        result.files = [
            .init(name: "xen", sha256: "9f86d081", origin: "xen-hypervisor-4.17-arm64 4.17.5: boot/xen-4.17-arm64"),
            .init(name: "Image", sha256: "60303ae2", origin: "linux-image-6.1-arm64 6.1.1: boot/vmlinuz-6.1-arm64"),
        ]
        result.emulator = "7.2.19"
        result.commandLine = "qemu-system-aarch64 -M 'virt,gic-version=2' -m 2048"
        result.domains = ["dom0": 0, "domU0": 1]
        return result
    }

    private static func unprepared(_ kind: FailureKind, _ cause: String) -> RunResult {
        var result = RunResult(scenario: "dom0-domu", status: .error, seconds: 0.04, folder: "out/dom0-domu")
        result.failure = RunResult.Failure(
            kind: kind, phase: "preparation", domain: nil, cause: cause, places: [], consequence: nil,
            consequencePlace: nil, limit: nil, evidence: [])
        return result
    }

    private static let script = RunResult.Failure(
        kind: .script, phase: "hypervisor", domain: nil, cause: "the TFTP server has no file \"initrd\"",
        places: ["boot.source:3:1", "firmware.log:124"], consequence: "Xen panics: Could not set up domain domU0",
        consequencePlace: "xen.log:23", limit: nil,
        evidence: ["firmware:123: Filename 'initrd'.", "firmware:124: TFTP error: 'File not found' (1)"])
    private static let silence = RunResult.Failure(
        kind: .guest, phase: "domains", domain: "domU0", cause: "Kernel panic - not syncing: No working init found.",
        places: ["domU0.log:212"], consequence: nil, consequencePlace: nil,
        limit: "silence: domU0 wrote nothing for 60 s",
        evidence: ["domU0:211: [    1.9] Run /bin/sh as init process", "domU0:212: [    2.0] Kernel panic"])
    private static let stopped = RunResult.Failure(
        kind: .harness, phase: "hypervisor", domain: "domU0", cause: "the emulator ended with exit code 0",
        places: ["xen.log:9"], consequence: nil, consequencePlace: nil, limit: nil,
        evidence: ["xen:8: (XEN) Adding cpu 1 to runqueue 0"])

    /// No field that may be absent is there.
    private var bare: RunResult {
        var result = RunResult(scenario: "bare", status: .failed, seconds: 1, folder: "out/bare")
        result.failure = RunResult.Failure(
            kind: .firmware, phase: "firmware", domain: nil, cause: "unknown", places: [], consequence: nil,
            consequencePlace: nil, limit: nil, evidence: [])
        return result
    }

    private var crossChecked: RunResult {
        var result = Self.run(.passed)
        result.crossCheck = CrossCheckResult(
            byteCount: 34_986_000, compared: ["device tree", "xen", "Image"], differences: [])
        return result
    }

    private var differing: RunResult {
        let differences = (0..<20).map { "device tree: /chosen/domU\($0): property 'cpus' is missing in the real one" }
        var result = Self.run(.passed)
        result.status = .failed
        result.failure = Self.unprepared(.harness, "simulation and reality differ: \(differences[0])").failure
        result.failure?.phase = "cross-check"
        result.failure?.evidence = differences
        result.crossCheck = CrossCheckResult(
            byteCount: 34_986_000, compared: ["device tree", "xen", "Image"], differences: differences)
        return result
    }

    private var manyMissing: RunResult {
        var result = Self.run(.failed, Self.silence)
        result.checks = (0..<30).map { .init(domain: "domU\($0)", text: "HELLO", isSeen: $0 == 0) }
        result.findings = (0..<9).map {
            .init(
                rule: "XEN-ADDR-UNLOADED", severity: "error", message: "module \($0) is not there", place: "b:\($0):1")
        }
        return result
    }

    private var sameNames: RunResult {
        var result = Self.run(.passed)
        let texts = ["A", "A", "A (2)", "A", "\u{1}", "\\x01"] + ["x", "y"].map { Self.filling + $0 + Self.filling }
        result.checks = texts.map { .init(domain: "dom0", text: $0, isSeen: true, seconds: 1) }
        result.checks.append(.init(domain: "boot", text: "boot", isSeen: true, seconds: 1))
        result.checks.append(.init(domain: "cross-check", text: "hand-off as simulated", isSeen: true, seconds: 1))
        result.crossCheck = CrossCheckResult(byteCount: 1, compared: ["x"], differences: [])
        return result
    }

    /// Everything that a console, a script's names or a user can have in texts.
    static let nastyText =
        "\0\u{1}\u{8}\t\n\u{b}\r\u{1b}[31m\u{7f}\u{85}\u{9b}\u{2028}\u{fffe}\u{ffff}\u{1fffe}\u{10ffff} <b> & \"q\" 'a' ]]> "
        + "<![CDATA[ <!-- &amp; %s 🧑‍🚒 é e\u{301} "
        + String(decoding: [0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80], as: UTF8.self)

    private var hostile: RunResult {
        let text = Self.nastyText
        var result = Self.run(.failed, Self.script)
        result.scenario = text
        result.folder = text
        result.commandLine = text
        result.emulator = text
        result.seconds = .nan
        result.checks = [
            .init(domain: text, text: text, isSeen: true, seconds: .infinity),
            .init(domain: text, text: text, isSeen: false, seconds: -1),
        ]
        result.files = [.init(name: text, sha256: text, origin: text)]
        result.findings = [.init(rule: text, severity: text, message: text, place: text)]
        result.failure = RunResult.Failure(
            kind: .guest, phase: text, domain: text, cause: text, places: [text], consequence: text,
            consequencePlace: text, limit: text + ".", evidence: [text, text])
        return result
    }

    private static let filling = String(repeating: "é\u{1b}", count: 25_000)

    /// Texts that are too long, among them one whose characters are long ones.
    private var long: RunResult {
        let accents = "e" + String(repeating: "\u{301}", count: 50_000)
        let people = String(repeating: "🧑‍🚒", count: 10_000)
        var result = Self.run(.failed, Self.script)
        result.checks = [.init(domain: "dom0", text: people, isSeen: true, seconds: 1)]
        result.commandLine = "HEAD" + accents + "TAIL"
        result.failure?.cause = "first " + String(repeating: "]]>", count: 50_000) + " last"
        result.failure?.evidence = (0..<12).map { "domU0:\($0): " + String(repeating: "\u{1b}", count: 10_000) }
        return result
    }
}

internal import NearestName
import UBoot

/// A config whose values were read as their keys say, with everything that is wrong with them.
public struct TypedConfig: Sendable {
    /// Which element of a key.
    struct Element: Hashable {
        var name: String
        var index: Int = 0
        var second: Int = 0
    }

    /// A value and where it was given.
    struct Entry {
        var value: KeyValue
        var text: ConfigText
    }

    private(set) var entries: [Element: Entry] = [:]
    /// The virtual CPUs that a DomU has affinities for.
    private var affineCPUs: [Int: [Int]] = [:]
    /// What is wrong.
    public internal(set) var findings: [ConfigFinding] = []

    /// Reads all values; those that cannot be read are missing, and a finding says so.
    public init(_ variables: ConfigVariables) {
        if let place = variables.carriageReturn {
            add(.warning, "IB-CONFIG-CRLF", "lines end with a carriage return, which a shell takes for text", place)
        }
        for name in variables.order {
            guard let variable = variables.byName[name] else { continue }
            if let key = KeyTable.find(name) {
                read(variable, key)
            } else if KeyTable.internalNames.contains(name) {
                add(
                    .error, "IB-KEY-INTERNAL",
                    "expected a key, found '\(name)', in which upstream's script keeps a value of its own",
                    variable.place)
            } else if !variable.isRead {
                addUnknown(name, variable.place)
            }
        }
        for (name, place) in variables.unset {
            let near = nearestName(to: name, among: variables.order)
            add(
                .warning, "IB-CONFIG-UNSET", "'$\(name)' is not set, and gives nothing", place,
                fix: near.map { "did you mean '$\($0)'?" })
        }
        checkCounts(variables)
    }

    mutating func add(
        _ severity: ConfigFinding.Severity, _ rule: String, _ message: String, _ place: ScriptPlace?,
        fix: String? = nil
    ) {
        let finding = ConfigFinding(rule: rule, severity: severity, message: message, place: place, fix: fix)
        if !findings.contains(finding) { findings.append(finding) }
    }

    private mutating func addUnknown(_ name: String, _ place: ScriptPlace) {
        let near = nearestName(to: name, among: KeyTable.all.lazy.map(\.name))
        add(
            .warning, "IB-KEY-UNKNOWN", "'\(name)' is no key, and nothing refers to it", place,
            fix: near.map { "did you mean '\($0)'?" })
    }

    private mutating func read(_ variable: ConfigVariable, _ key: KeyDefinition) {
        if key.indexing == .domainAndCPU {
            for (index, text) in variable.keyed.sorted(by: { $0.key < $1.key }) {
                let parts = index.split(separator: ",", omittingEmptySubsequences: false).map {
                    Int($0.filter { $0 != " " })
                }
                guard parts.count == 2, let domain = parts[0], let cpu = parts[1], domain >= 0, cpu >= 0 else {
                    add(
                        .error, "IB-KEY-INDEX", "expected '\(key.spelling)' with two numbers, found '[\(index)]'",
                        text.place)
                    continue
                }
                affineCPUs[domain, default: []].append(cpu)
                read(text, key, Element(name: key.name, index: domain, second: cpu))
            }
            return
        }
        for (index, text) in variable.elements.sorted(by: { $0.key < $1.key }) {
            guard key.indexing != .none || index == 0 else {
                add(.warning, "IB-KEY-INDEX", "'\(key.name)' has no index; the element \(index) is ignored", text.place)
                continue
            }
            read(text, key, Element(name: key.name, index: index))
        }
    }

    private mutating func read(_ text: ConfigText, _ key: KeyDefinition, _ element: Element) {
        guard !text.bytes.isEmpty else { return }
        do {
            entries[element] = Entry(value: try key.type.value(text.bytes), text: text)
        } catch {
            let spelling =
                switch key.indexing {
                case .none: key.name
                case .domainAndCPU: "\(key.name)[\(element.index),\(element.second)]"
                default: "\(key.name)[\(element.index)]"
                }
            add(.error, "IB-VALUE", "\(spelling): \(error.expected), found '\(error.found)'", text.place)
        }
    }

    /// Says which elements are ignored because their number is not below the count.
    private mutating func checkCounts(_ variables: ConfigVariables) {
        var missing: Set<String> = []
        for element in entries.keys.sorted(by: { ($0.name, $0.index, $0.second) < ($1.name, $1.index, $1.second) }) {
            guard let key = KeyTable.find(element.name), let countKey = key.indexing.countKey,
                let place = entries[element]?.text.place, !hasError(in: countKey)
            else { continue }
            let count = number(countKey)
            guard count.map({ UInt64(element.index) >= $0 }) ?? true else { continue }
            if let count {
                add(
                    .warning, "IB-KEY-BEYOND",
                    "'\(element.name)[\(element.index)]' is ignored: \(countKey) is \(count)", place)
            } else if missing.insert(countKey).inserted {
                // Without Xen what is of DomUs has no meaning anyway.
                let isIgnored = countKey == "NUM_DOMUS" && !has("XEN") && has("LINUX")
                add(
                    isIgnored ? .warning : .error, "IB-KEY-COUNT",
                    "'\(element.name)[\(element.index)]' needs \(countKey), which is not set",
                    place, fix: "\(countKey)=\(element.index + 1)")
            }
        }
    }

    private func hasError(in name: String) -> Bool {
        findings.contains { $0.severity == .error && $0.message.hasPrefix(name + ":") }
    }
}

/// Values by key; nil where there is none, or it could not be read.
extension TypedConfig {
    func place(_ name: String, _ index: Int = 0) -> ScriptPlace? {
        entries[Element(name: name, index: index)]?.text.place
    }

    func has(_ name: String, _ index: Int = 0) -> Bool { entries[Element(name: name, index: index)] != nil }

    func text(_ name: String, _ index: Int = 0) -> String? {
        guard case .text(let text) = entries[Element(name: name, index: index)]?.value else { return nil }
        return text
    }

    func bytes(_ name: String, _ index: Int = 0) -> [UInt8]? {
        guard case .bytes(let bytes) = entries[Element(name: name, index: index)]?.value else { return nil }
        return bytes
    }

    func number(_ name: String, _ index: Int = 0) -> UInt64? {
        guard case .number(let number) = entries[Element(name: name, index: index)]?.value else { return nil }
        return number
    }

    func kibibytes(_ name: String, _ index: Int = 0) -> UInt64? {
        guard case .kibibytes(let size) = entries[Element(name: name, index: index)]?.value else { return nil }
        return size == 0 ? nil : size
    }

    func flag(_ name: String, _ index: Int = 0) -> Bool? {
        guard case .flag(let flag) = entries[Element(name: name, index: index)]?.value else { return nil }
        return flag
    }

    func colours(_ name: String, _ index: Int = 0) -> (text: String, mask: UInt64)? {
        guard case .colours(let text, let mask) = entries[Element(name: name, index: index)]?.value else { return nil }
        return (text, mask)
    }

    func regions(_ name: String, _ index: Int = 0) -> [ConfigRegion] {
        guard case .regions(let regions) = entries[Element(name: name, index: index)]?.value else { return [] }
        return regions
    }

    func words(_ name: String, _ index: Int = 0) -> [String] {
        guard case .words(let words) = entries[Element(name: name, index: index)]?.value else { return [] }
        return words
    }

    /// The text as the config has it, before it was read.
    func raw(_ name: String, _ index: Int = 0) -> [UInt8]? {
        entries[Element(name: name, index: index)]?.text.bytes
    }
}

/// Values of several parts.
extension TypedConfig {
    func pool(_ index: Int) -> (cpus: [String], scheduler: String?)? {
        guard case .pool(let cpus, let scheduler) = entries[Element(name: "CPUPOOL", index: index)]?.value else {
            return nil
        }
        return (cpus, scheduler)
    }

    func sharedMemory(_ index: Int) -> (id: String, host: (text: String, value: UInt64)?, guest: UInt64, size: UInt64)?
    {
        guard
            case .sharedMemory(let id, let host, let guest, let size) =
                entries[Element(name: "DOMU_SHARED_MEM", index: index)]?.value
        else { return nil }
        return (id, host, guest, size)
    }

    func channels(_ index: Int) -> [EventChannel] {
        guard case .channels(let channels) = entries[Element(name: "DOMU_STATIC_EVTCHNS", index: index)]?.value else {
            return []
        }
        return channels
    }

    /// The CPUs that virtual CPUs of a DomU may run on, by the numbers of those.
    func affinities(_ index: Int) -> [(cpu: Int, list: String)] {
        (affineCPUs[index] ?? []).sorted().compactMap { cpu in
            let element = Element(name: "DOMU_VCPU_HARD_AFFINITY", index: index, second: cpu)
            guard case .text(let list) = entries[element]?.value else { return nil }
            return (cpu, list)
        }
    }
}

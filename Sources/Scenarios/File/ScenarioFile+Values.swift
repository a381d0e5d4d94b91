internal import NearestName
internal import YAML

/// What a file says, checked.
extension ScenarioFile {
    func machineValue() throws(ScenarioError) -> Scenario.Machine {
        var value = Scenario.Machine()
        if let memory = machine?.memory {
            guard (64...65536).contains(memory.value) else {
                throw ScenarioError(memory.place, "expected 64 to 65536 MiB of RAM, found \(memory.value)")
            }
            value.memory = memory.value
        }
        if let cpus = machine?.cpus {
            guard (1...8).contains(cpus.value) else {
                throw ScenarioError(cpus.place, "expected 1 to 8 processors, found \(cpus.value)")
            }
            value.processorCount = cpus.value
        }
        if let gic = machine?.gic {
            guard (2...3).contains(gic.value) else {
                throw ScenarioError(gic.place, "expected 2 or 3, found \(gic.value)")
            }
            value.interruptController = gic.value
        }
        return value
    }

    func limitsValue() throws(ScenarioError) -> Scenario.Limits {
        var value = Scenario.Limits()
        func seconds(_ marked: Marked<Int>?, _ standard: Int) throws(ScenarioError) -> Int {
            guard let marked else { return standard }
            guard (1...86400).contains(marked.value) else {
                throw ScenarioError(marked.place, "expected 1 to 86400 seconds, found \(marked.value)")
            }
            return marked.value
        }
        value.silence = try seconds(limits?.silence, value.silence)
        value.guest = try seconds(limits?.guest, value.guest)
        value.wall = try seconds(limits?.wall, value.wall)
        if let text = limits?.text {
            guard (1...1024).contains(text.value) else {
                throw ScenarioError(text.place, "expected 1 to 1024 MiB, found \(text.value)")
            }
            value.text = text.value
        }
        return value
    }

    func planValue() throws(ScenarioError) -> Scenario.Plan {
        switch (config, script) {
        case (let config?, nil):
            if config.value.contains("\n") { return .config(path: nil, text: Array(config.value.utf8)) }
            return .config(path: config.value, text: [])
        case (nil, let script?):
            guard boot?.value ?? .tftp == .tftp else {
                throw ScenarioError(script.place, "a FIT is made from a config, not from a script")
            }
            return .script(path: script.value)
        case (let config?, _?):
            throw ScenarioError(config.place, "expected either a config or a script, found both")
        case (nil, nil): throw ScenarioError(expect.place, "expected a config or a script, found neither")
        }
    }

    func stepValues() throws(ScenarioError) -> [Scenario.Step] {
        var values: [Scenario.Step] = []
        for step in steps ?? [] {
            guard !step.type.value.utf8.contains(where: { $0 == 0x0a || $0 == 0x0d || $0 == 0 }) else {
                throw ScenarioError(step.type.place, "a step types one line")
            }
            if let at = step.at { try check(domain: at.value, at.place) }
            if step.at == nil, let after = step.after {
                throw ScenarioError(after.place, "'after' needs 'at', which says whose text is waited for")
            }
            values.append(
                Scenario.Step(
                    line: step.type.value, domain: step.at?.value,
                    after: step.after.map { LinePattern(literal: $0.value) }))
        }
        return values
    }

    func expectationValues() throws(ScenarioError) -> [(domain: String, list: [Expectation])] {
        for entry in expect.value.entries { try check(domain: entry.key, entry.place) }
        let isVain = !expect.value.entries.contains { $0.value.contains { $0.order != .never } }
        if isVain { throw ScenarioError(expect.place, "expected at least one text that some domain writes") }
        return expect.value.entries.map { ($0.key, $0.value) }
    }

    /// `firmware`, `xen`, `dom0`, `linux`, or what begins with `dom`, as ImageBuilder and scripts name domains.
    private func check(domain name: String, _ place: SourcePlace) throws(ScenarioError) {
        let fixed = target == .linux ? ["firmware", "linux"] : ["firmware", "xen", "dom0"]
        if fixed.contains(name) { return }
        let isDomain = name.lowercased().hasPrefix("dom") && name.utf8.count <= 64
        if isDomain, target != .linux { return }
        let near = nearestName(to: name, among: fixed).map { ", did you mean '\($0)'?" } ?? ""
        let others = target == .linux ? "" : " or a domain such as domU0"
        throw ScenarioError(
            place, "unknown domain '\(name)', expected \(fixed.joined(separator: ", "))\(others)\(near)")
    }

    /// A FIT is signed with a key, and U-Boot has the key in a tree of its own.
    private func checkKeys(_ place: SourcePlace) throws(ScenarioError) {
        let origins = artifacts.entries.map(\.value.origin)
        guard origins.contains(where: { if case .key = $0 { true } else { false } }) else {
            throw ScenarioError(place, "signed-fit needs an artifact with 'key: rsa2048'")
        }
        let trees = origins.count { if case .machineTree = $0 { true } else { false } }
        guard trees >= 2 else {
            throw ScenarioError(
                place,
                "signed-fit needs two artifacts with 'device-tree: machine': the last one is U-Boot's, with the key"
            )
        }
    }

    func checkNames() throws(ScenarioError) {
        let names = artifacts.entries.map(\.key)
        func find(_ name: String, _ place: SourcePlace) throws(ScenarioError) {
            guard !names.contains(name) else { return }
            let near = nearestName(to: name, among: names).map { ", did you mean '\($0)'?" } ?? ""
            throw ScenarioError(place, "no artifact '\(name)'\(near)")
        }
        if let firmware { try find(firmware.value, firmware.place) }
        if let boot, boot.value == .signedFIT { try checkKeys(boot.place) }
        for (index, entry) in artifacts.entries.enumerated() {
            let isPlain = !entry.key.isEmpty && !entry.key.hasPrefix("/") && !entry.key.utf8.contains(0)
            guard isPlain, entry.key.utf8.count < 256, !entry.key.split(separator: "/").contains("..") else {
                throw ScenarioError(entry.place, "'\(entry.key)' is no name of a file inside a folder")
            }
            guard case .gzip(let source) = entry.value.origin else { continue }
            try find(source, entry.value.place)
            guard names[..<index].contains(source) else {
                throw ScenarioError(entry.value.place, "'\(source)' must stand before what is made of it")
            }
        }
    }
}

internal import Boards
internal import DeviceTree
internal import Emulation
internal import UBoot

/// Compares the machine at the hand-off with the simulation of the same lines, byte for byte.
struct CrossCheck {
    private static let chunk: UInt64 = 1 << 22
    private static let searched: UInt64 = 160 << 20
    private static let differenceLimit = 40

    let scenario: Scenario
    let provider: ArtifactProvider
    let folder: String
    let loop: EventLoop
    var accelerator = VirtualMachine.Accelerator.tcg

    /// Boots and compares, as long as nobody asks for an end.
    func run(_ isInterrupted: () -> Bool = { false }) throws -> CrossCheckResult {
        let served = "\(folder)/catcher"
        defer { Folders.remove(served) }
        var preparation = BootPreparation(scenario: scenario, provider: provider, served: served, hasCatcher: true)
        preparation.accelerator = accelerator
        let boot = try preparation.prepare()
        let outcome = try preparation.simulate(boot)
        guard outcome.record.ending == .handOff else {
            throw PreparationError(kind: .script, message: "the simulation does not come to a hand-off")
        }
        try Folders.make("\(folder)/cross-check")
        let probe = HandOffProbe(
            boot, on: loop, logs: try RunLogs(folder: "\(folder)/cross-check"), scratch: "\(folder)/memory.bin",
            silence: scenario.limits.silence)
        var result = CrossCheckResult(byteCount: 0, compared: [], differences: [])
        try probe.run(isInterrupted) {
            try compareTree(outcome, probe, &result)
            for load in outcome.record.loads { try compare(load, outcome.machine, probe, &result) }
        }
        return result
    }

    private func compareTree(
        _ outcome: Simulation.Outcome, _ probe: HandOffProbe, _ result: inout CrossCheckResult
    ) throws {
        guard let expected = outcome.record.treeBytes?.bytes, let address = outcome.record.treeAddress else { return }
        result.compared.append("device tree")
        result.byteCount += expected.count
        if outcome.record.handOff?.method == "bootefi" {
            // An EFI program is told of the tree by tables that U-Boot puts where its own memory has room.
            result.differences += try Self.search(expected, outcome.machine, probe)
            return
        }
        if let first = probe.firstRegister, first != address.value {
            result.differences.append(
                "the tree's address: simulated \(address), real 0x\(String(first, radix: 16))")
            return
        }
        let found = try probe.memory(address.value, UInt64(expected.count))
        guard found != expected else { return }
        let trees = try? DeviceTreeDocument.differences(
            DeviceTreeDocument(blob: expected), DeviceTreeDocument(blob: found))
        if let trees, !trees.isEmpty {
            result.differences += trees.prefix(Self.differenceLimit).map { "device tree: \($0)" }
        } else {
            note("device tree", expected, found, at: address.value, &result)
        }
    }

    /// How the tree in the lower part of RAM differs that is nearest to what is expected.
    private static func search(_ bytes: [UInt8], _ machine: Machine, _ probe: HandOffProbe) throws -> [String] {
        guard let bank = machine.memory.ram.first else { return [] }
        let size = min(bank.size, searched)
        let memory = try probe.memory(bank.start.value, size)
        let expected = try DeviceTreeDocument(blob: bytes)
        var nearest: [String] = ["device tree: there is none in the lower part of RAM"]
        var isFirst = true
        for start in stride(from: 0, to: memory.count - 8, by: 8)
        where memory[start] == 0xd0 && memory[start..<(start + 4)].elementsEqual([0xd0, 0x0d, 0xfe, 0xed]) {
            let total = memory[(start + 4)..<(start + 8)].reduce(0) { $0 << 8 | Int($1) }
            guard start + total <= memory.count else { continue }
            let found = Array(memory[start..<(start + total)])
            if found == bytes { return [] }
            guard let document = try? DeviceTreeDocument(blob: found) else { continue }
            let differences = DeviceTreeDocument.differences(expected, document).map { "device tree: \($0)" }
            if isFirst || differences.count < nearest.count { nearest = differences }
            isFirst = false
        }
        return Array(nearest.prefix(differenceLimit))
    }

    private func compare(
        _ load: LoadRecord, _ machine: Machine, _ probe: HandOffProbe, _ result: inout CrossCheckResult
    ) throws {
        result.compared.append(load.file.display)
        var start = load.range.start.value
        let end = start + load.range.size
        while start < end {
            let count = min(Self.chunk, end - start)
            let expected = try machine.memory.read(AddressRange(start: Address(start), size: count))
            let found = try probe.memory(start, count)
            result.byteCount += expected.count
            note(load.file.display, expected, found, at: start, &result)
            start += count
        }
    }

    /// Says which ranges differ.
    private func note(
        _ name: String, _ expected: [UInt8], _ found: [UInt8], at start: UInt64, _ result: inout CrossCheckResult
    ) {
        guard expected != found else { return }
        var index = 0
        while index < expected.count, result.differences.count < Self.differenceLimit {
            guard index >= found.count || expected[index] != found[index] else {
                index += 1
                continue
            }
            let first = index
            while index < expected.count, index >= found.count || expected[index] != found[index] { index += 1 }
            let range = AddressRange(start: Address(start + UInt64(first)), size: UInt64(index - first))
            let simulated = Self.hexadecimal(expected[first..<index])
            let real = Self.hexadecimal(found.dropFirst(first).prefix(index - first))
            result.differences.append("\(name): \(range): simulated \(simulated), real \(real)")
        }
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        let text = bytes.prefix(8).map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }.joined()
        return text + (bytes.count > 8 ? "…" : "")
    }
}

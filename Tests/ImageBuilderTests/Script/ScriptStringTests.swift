import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

struct ScriptStringTests {
    /// Runs `fdt set` with the word in the simulator, and gives what arrives.
    private func arrived(_ strings: [[UInt8]]) throws -> [[UInt8]?] {
        let files = try TestBuild()
        var lines = Array("tftpboot 40400000 board.dtb\nfdt addr 40400000\nfdt resize 40000\n".utf8)
        for (index, string) in strings.enumerated() {
            lines += Array("fdt set /chosen p\(index) ".utf8) + (try ScriptString.word(string)) + [10]
        }
        let plan = BuildPlan(isXen: true, scriptAddress: 0x4020_0000, memory: 0x4000_0000..<0x8000_0000)
        var description = MachineDescription(name: "test", version: "2023.01", banks: [])
        description.commands = Machine.knownCommands
        description.network = .init(
            device: "eth0", leases: ["ipaddr": "192.168.1.2", "serverip": "192.168.1.1", "netmask": "255.255.255.0"])
        let server = PlanFileServer(files: [:], prefix: "", folder: try FolderServer(root: files.folder))
        let record = try PlanSimulation(description, isGeneric: true).run(
            lines, name: "test", plan: plan, files: server)
        let tree = try DeviceTreeDocument(blob: record.treeBytes?.bytes ?? [])
        return strings.indices.map { tree["/chosen"]?.property("p\($0)")?.value }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func anyStringArrives(seed: UInt64) throws {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        func random(_ count: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 33) % count
        }
        let special = Array("\"$'\\;&|<>[]{}#*?~`!= \t${x}$?".utf8)
        let strings: [[UInt8]] = (0..<200).map { number in
            (0..<random(number % 20 == 0 ? 900 : 24)).map { _ in
                random(3) == 0 ? UInt8(1 + random(255)) : random(2) == 0 ? special[random(special.count)] : 97
            }
        }
        for (string, value) in zip(strings, try arrived(strings)) {
            #expect(value == string + [0], "\(String(decoding: string, as: UTF8.self).debugDescription)")
        }
    }

    @Test func everySingleByteArrives() throws {
        let bytes: [UInt8] = Array(1...255)
        let strings: [[UInt8]] = bytes.map { [$0] } + bytes.map { [97, $0, 98] } + bytes.map { [97, 98, $0] }
        for (string, value) in zip(strings, try arrived(strings)) { #expect(value == string + [0], "\(string)") }
    }

    @Test func whatHasNoWayIsRefused() {
        #expect(throws: ScriptString.Problem.tooLong(count: 1024)) {
            try ScriptString.word([UInt8](repeating: 97, count: 1024))
        }
        #expect(throws: ScriptString.Problem.nul) { try ScriptString.word([97, 0]) }
    }
}

import BootImages
import Digest
import Testing

@testable import UBoot

/// Lines typed at the prompt of the real U-Boot (see `TestBoard`) and what it answered to all of them together.
///
/// Where a row has a script, its image lies at 0x50000000.
struct Exchange: Sendable, CustomTestStringConvertible {
    var script: String?
    var typed: String
    var output: String
    /// `$?` behind the last line; nil where U-Boot did not come back.
    var status: Int?
    /// The CRC-32 of the tree that the kernel got.
    var tree: UInt32?

    init(script: String? = nil, _ typed: String, _ output: String, _ status: Int? = 0, tree: UInt32? = nil) {
        self.script = script
        self.typed = typed
        self.output = output
        self.status = status
        self.tree = tree
    }

    var testDescription: String { script.map { "\(typed) of \($0)" } ?? typed }

    /// Types the lines and compares; gives the machine as it is behind them.
    @discardableResult
    func check(
        with presets: [TestBoard.Preset] = [], setup: String = "", server: (any FileServer)? = nil,
        version: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Machine {
        var machine = try TestBoard.machine(with: presets, version: version)
        if let script {
            try machine.memory.preset(ScriptImage.encode(text: Array(script.utf8)), at: 0x5000_0000)
        }
        machine.fileServer = server
        if !setup.isEmpty { machine.type(line: setup) }
        let answer = machine.type(Array(typed.utf8), source: "<prompt>")
        let shown = ByteString(answer.commands.flatMap(\.output.bytes)).latin1
        #expect(shown == output, sourceLocation: sourceLocation)
        #expect(answer.commands.last?.status == status, sourceLocation: sourceLocation)
        let handedOver = machine.recorder.handOff.map { Digest.crc32($0.treeBytes.bytes) }
        #expect(handedOver == tree, sourceLocation: sourceLocation)
        return machine
    }
}

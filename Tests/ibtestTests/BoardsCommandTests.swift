import Foundation
import Testing

/// `ibtest boards`.
struct BoardsCommandTests {
    @Test func boardsAreListed() throws {
        let run = try ToolRun(["boards"])
        #expect(run.code == 0)
        #expect(run.output.contains("\nhikey                     96Boards HiKey"))
        #expect(!run.output.contains("cannot be read"))
    }

    @Test func oneBoardIsShown() throws {
        let run = try ToolRun(["boards", "zcu104"])
        #expect(run.code == 0)
        for text in [
            "version       2023.01", "prompt        'ZynqMP> '", "extends       zcu102", "0x7fffffff   2 GiB  ram",
            "reserved: U-Boot", "kernel_addr_r       0x18000000", "fpga 0     takes loads", "Commands (147)",
            "i2c 0      i2c@ff030000: 0x20 0x74",
        ] {
            #expect(run.output.contains(text), "\(text)")
        }
        #expect(!run.output.contains("0x800000000"))
    }

    @Test func jsonHasTheSame() throws {
        let run = try ToolRun(["boards", "--json", "hikey"])
        let value = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let memory = value?["memory"] as? [[String: Any]]
        #expect(memory?.filter { $0["kind"] as? String == "ram" }.count == 6)
        #expect((value?["commands"] as? [String])?.contains("booti") == true)
        #expect((value?["environment"] as? [String: String])?["loadaddr"] == "0x80000")
    }

    @Test(arguments: [
        (["boards", "zcu10"], "unknown board 'zcu10', did you mean 'zcu102'?"),
        (["boards", "--json"], "--json needs a BOARD"),
        (["boards", "./none.yaml"], "cannot read ./none.yaml: No such file or directory"),
    ])
    func mistakesAreSaid(_ words: [String], _ message: String) throws {
        let run = try ToolRun(words)
        #expect(run.code == 2)
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}

import Foundation
import Testing

@testable import ibtest

/// The program from outside: words in; text, files and an exit code out.
struct ToolTests {
    @Test func helpAtEveryLevelNamesAnExample() throws {
        for words in [["--help"], ["help"], ["simulate", "--help"], ["help", "simulate"], ["boards", "-h"]] {
            let run = try ToolRun(words)
            #expect(run.code == 0)
            #expect(run.output.contains("ibtest"))
            #expect(run.output.lowercased().contains("example"), "\(words)")
        }
    }

    @Test func versionIsPrinted() throws {
        let run = try ToolRun(["--version"])
        #expect(run.code == 0)
        #expect(run.output == "ibtest \(Tool.version)\n")
    }

    @Test(arguments: [
        (["simulat"], "did you mean 'simulate'"),
        (["simulate", "--rot", "x", "boot.scr"], "did you mean '--root'"),
        (["simulate"], "expected a SCRIPT"),
        (["simulate", "a.scr", "--commands", "b.txt"], "found both"),
        (["simulate", "--transcript", "json", "a.scr"], "--transcript needs --commands"),
        (["simulate", "--fdt-at", "x0", "a.scr"], "--fdt-at needs --fdt-out"),
        (["simulate", "--script-address", "nine", "a.scr"], "expected a hexadecimal address, found 'nine'"),
        (["simulate", "no-such-file"], "no-such-file: No such file or directory"),
        (["simulate", "/"], "/: Is a directory"),
    ])
    func mistakesAreNamedAndExitWithTwo(_ words: [String], _ text: String) throws {
        let run = try ToolRun(words)
        #expect(run.code == 2)
        #expect(run.errors.contains(text), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test func boardsAreListed() throws {
        let run = try ToolRun(["boards"])
        #expect(run.code == 0)
        #expect(run.output.contains("qemu-arm64-virt") && run.output.contains("rpi4"))
    }
}

import Foundation
import Testing

@testable import ibtest

/// What `ibtest run` says before it boots anything.
struct RunCommandTests {
    @Test(arguments: [
        ([], 2, "expected a SCENARIO, or --all; known: bootefi, bootm,"),
        (["tiny-3"], 2, "unknown scenario 'tiny-3', did you mean 'tiny-2'?"),
        (["--all", "--tag", "none"], 4, "no scenario was selected"),
        (["tiny-2", "--shard", "3/2"], 2, "--shard: expected K/N with K from 1 to N, such as 2/4, found '3/2'"),
        (["tiny-2", "--shard", "x"], 2, "found 'x'"), (["tiny-2", "--jobs", "0"], 2, "--jobs"),
        (["tiny-2", "--accelerator", "hvf"], 2, "tcg, kvm, auto"),
        (["tiny-2", "fit", "--attach"], 2, "--attach takes one run of one scenario, not 2"),
        (["tiny-2", "--attach", "--json"], 2, "--attach and --json both want standard output"),
        (["tiny-2", "--replay", "/nowhere/console.log"], 2, "/nowhere/console.log: "),
        (["tiny-2", "--junit", "/nowhere/report.xml"], 2, "/nowhere/report.xml: "),
        (["/nowhere/"], 2, "/nowhere/scenario.yaml: "),
    ])
    func badCallsAreRefused(_ words: [String], _ code: Int32, _ message: String) throws {
        let run = try ToolRun(["run"] + words)
        #expect(run.code == code)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.output == "")
    }

    @Test func twoScenariosOfOneNameAreRefused() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(atPath: folder.path + "/fit", withIntermediateDirectories: true)
        let text = "artifacts: {}\nconfig: c\nexpect: {xen: [x]}\n"
        _ = try folder.write(text, as: "fit/scenario.yaml")
        let run = try ToolRun(["run", "fit", folder.path + "/fit"])
        #expect(run.code == 2 && run.errors.contains("have the same name, and so the same folder for results"))
    }

    @Test func foreignFolderIsLeftAlone() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(atPath: folder.path + "/tiny-2", withIntermediateDirectories: true)
        let file = try folder.write("mine", as: "tiny-2/notes")
        let run = try ToolRun(["run", "tiny-2", "--out", folder.path])
        #expect(run.code == 2)
        #expect(run.output.contains("has files that no run of ibtest made; choose another folder with --out"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    }

    @Test(arguments: 1...7) func everyNameIsInOnePart(_ count: Int) throws {
        let names = (0..<50).map { "scenario-\($0)" }
        let shards = try (1...count).map { try Shard("\($0)/\(count)") }
        for name in names { #expect(shards.count { $0.has(name) } == 1) }
        #expect(try Shard("1/2").has("tiny-2") == Shard("1/2").has("tiny-2"))
        #expect(try Shard(nil).has("tiny-2"))
    }
}

/// What `ibtest artifacts` says.
struct ArtifactsCommandTests {
    @Test func scenariosAreNamed() throws {
        #expect(try ToolRun(["artifacts", "tiny-3"]).errors.contains("did you mean 'tiny-2'?"))
        let two = try ToolRun(["artifacts", "tiny-2", "fit", "--into", "/nowhere"])
        #expect(two.code == 2 && two.errors.contains("--into takes the files of one scenario, not of 2"))
    }

    @Test func whatIsMissingIsNamed() throws {
        let folder = try Folder()
        let words = ["artifacts", "tiny-2", "dom0-tiny", "--offline"]
        let run = try Program.run(words, input: "", environment: ["XDG_CACHE_HOME": folder.path])
        #expect(run.code == 3)
        for line in [
            "tiny-2: xen: the package xen-hypervisor-4.20-arm64 of Debian trixie is not in the cache",
            "dom0-tiny: xen: the package xen-hypervisor-4.17-arm64 of Debian bookworm is not in the cache",
        ] {
            #expect(run.errors.contains("ibtest: \(line)\n"), "\(run.errors)")
        }
    }
}

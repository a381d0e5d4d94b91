import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// Files that appear together or not at all.
struct OutputSetTests {
    private func set(_ folder: String, _ files: (String, [UInt8])...) -> OutputSet {
        var outputs = OutputSet()
        outputs.outputs = files.map { BuildOutput(path: "\(folder)/\($0.0)", bytes: $0.1) }
        return outputs
    }

    private func bytes(_ name: String, _ files: TestBuild) throws -> [UInt8]? {
        try RegularFile.read("\(files.folder)/\(name)", limit: 100)
    }

    @Test func aFailureBeforeTheFirstRenameChangesNothing() throws {
        let files = try TestBuild()
        try files.write("old", [1])
        let before = try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted()
        #expect(throws: OutputError.self) {
            try set(files.folder, ("old", [3]), ("new", [4]), ("nodir/x", [5])).write()
        }
        #expect(try bytes("old", files) == [1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted() == before)
    }

    @Test func aFailureBetweenRenamesPutsBackWhatWas() throws {
        let files = try TestBuild()
        try files.write("old", [1])
        // A file cannot take the place of a folder; the name beside it can be staged.
        try FileManager.default.createDirectory(atPath: files.folder + "/full/x", withIntermediateDirectories: true)
        let before = try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted()
        #expect(throws: OutputError.self) {
            try set(files.folder, ("old", [3]), ("new", [4]), ("full", [5]), ("later", [6])).write()
        }
        #expect(try bytes("old", files) == [1])
        #expect(FileManager.default.fileExists(atPath: files.folder + "/full/x"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted() == before)
    }

    @Test func allAppearAndNothingElse() throws {
        let files = try TestBuild()
        try files.write("old", [1])
        let before = Set(try FileManager.default.contentsOfDirectory(atPath: files.folder))
        try set(files.folder, ("old", [3]), ("new", [4])).write()
        #expect(try bytes("old", files) == [3])
        #expect(try bytes("new", files) == [4])
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: files.folder)) == before.union(["new"]))
    }

    @Test func whatALinkLeadsToIsWritten() throws {
        let files = try TestBuild()
        try files.write("target", [1])
        try FileManager.default.createSymbolicLink(atPath: files.folder + "/link", withDestinationPath: "target")
        let outputs = set(files.folder, ("link", [2]))
        try outputs.check(inputs: [])
        try outputs.write()
        #expect(try bytes("target", files) == [2])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: files.folder + "/link") == "target")
    }

    @Test(arguments: [
        ("dts", "is a folder"), ("dangling", "is a link to nothing"), ("device", "is no regular file"),
        ("Image", "is an input, and would be overwritten"), ("hard", "is an input, and would be overwritten"),
        ("xen", "is two outputs at once"),
    ])
    func whatMustNotBeReplacedIsRefused(name: String, problem: String) throws {
        let files = try TestBuild()
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: files.folder + "/dangling", withDestinationPath: "nothing")
        try manager.createSymbolicLink(atPath: files.folder + "/device", withDestinationPath: "/dev/null")
        try manager.linkItem(atPath: files.folder + "/Image", toPath: files.folder + "/hard")
        let path = "\(files.folder)/\(name)"
        #expect(throws: OutputError(path: path, problem: problem)) {
            try set(files.folder, ("xen", [1]), (name, [2])).check(inputs: [files.folder + "/Image"])
        }
    }
}

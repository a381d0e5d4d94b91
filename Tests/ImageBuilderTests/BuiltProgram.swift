import Foundation

/// The program, which lies beside the tests' own.
enum BuiltProgram {
    static let path: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: tests).deletingLastPathComponent().appending(path: "ibtest").path()
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/debug/ibtest").path()
    }()

    /// `scripts/uboot-script-gen` of the source tree.
    static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "scripts/uboot-script-gen").path()
}

internal import FoundationEssentials
internal import Glibc

/// The folder of one scenario's results, in which nothing of the user's is ever removed.
struct RunFolder {
    /// The file that says whose folder it is.
    private static let mark = ".ibtest-run"

    /// The folder as results name it.
    private(set) var path: String
    /// The folder of what is served, from the root.
    let served: String

    /// Makes the folder, or takes the one of an earlier run, of which nothing is left unless it is kept.
    init(_ path: String, keeps: Bool = false) throws(ArtifactError) {
        self.path = path
        try Folders.make(path)
        let marker = "\(path)/\(Self.mark)"
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard entries.isEmpty || FileManager.default.fileExists(atPath: marker) else {
            throw ArtifactError(
                "\(path): has files that no run of ibtest made; choose another folder with --out", isUsage: true)
        }
        // The mark stays, so that a run that is killed here leaves a folder that is still known.
        if entries.isEmpty { try Folders.replace(marker, []) }
        for entry in entries where entry != Self.mark && !keeps { Folders.remove("\(path)/\(entry)") }
        served = "\(Self.absolute(path))/files"
    }

    /// Gives it the name of a run, so that the next one does not clear it; an earlier one of that name goes.
    mutating func rename(forRun number: Int) throws(ArtifactError) {
        let target = "\(path).run-\(number)"
        _ = try RunFolder(target)
        Folders.remove(target)
        guard unsafe Glibc.rename(path, target) == 0 else { throw ArtifactError("\(target): \(systemText(errno))") }
        path = target
    }

    /// Keeps the words that QEMU was started with.
    func write(commandLine: String) throws(ArtifactError) {
        try Folders.replace("\(path)/command.txt", Array((commandLine + "\n").utf8))
    }

    /// Keeps a result.
    func write(_ result: RunResult) throws(ArtifactError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(result) else { preconditionFailure("a result is no JSON") }
        try Folders.replace("\(path)/result.json", Array(data) + [0x0a])
    }

    private static func absolute(_ path: String) -> String {
        guard let pointer = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(pointer) }
        return unsafe String(cString: pointer)
    }
}

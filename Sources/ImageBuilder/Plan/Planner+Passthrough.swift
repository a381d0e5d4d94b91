import DeviceTree
import Glibc
import UBoot

/// Partial device trees for DomUs.
extension Planner {
    /// Makes the trees of DomUs whose devices come from a folder or a repository, or from lopper.
    mutating func preparePassthrough() {
        checkPassthroughPaths()
        let repository = config.words("PASSTHROUGH_DTS_REPO")
        guard config.has("XEN"), !repository.isEmpty || config.has("LOPPER_PATH") else { return }
        for index in 0..<domainCount {
            if config.has("DOMU_PASSTHROUGH_DTB", index) {
                error(
                    "IB-PASSTHROUGH",
                    "DOMU_PASSTHROUGH_DTB[\(index)] and PASSTHROUGH_DTS_REPO or LOPPER_PATH exclude each other",
                    "DOMU_PASSTHROUGH_DTB", index)
            }
            guard !config.words("DOMU_PASSTHROUGH_PATHS", index).isEmpty || isSkipped(index) && !options.isCompatible
            else {
                config.add(
                    .error, "IB-PASSTHROUGH",
                    "DOMU_PASSTHROUGH_PATHS[\(index)] is not set, but PASSTHROUGH_DTS_REPO or LOPPER_PATH wants it",
                    config.place(repository.isEmpty ? "LOPPER_PATH" : "PASSTHROUGH_DTS_REPO"))
                continue
            }
        }
        guard !config.findings.contains(where: { $0.severity == .error }) else { return }
        do {
            let source = try PassthroughSource(repository, config, folder: folder)
            for index in 0..<domainCount where !isSkipped(index) {
                let paths = config.words("DOMU_PASSTHROUGH_PATHS", index)
                let bytes = try source.tree(for: paths)
                madeTreeBytes[index] = bytes
                madeTrees[index] = ("", "partial-dts-domU\(index).dtb")
            }
        } catch {
            let key = repository.isEmpty ? "LOPPER_PATH" : "PASSTHROUGH_DTS_REPO"
            self.error("IB-PASSTHROUGH", "\(key): \(error)", key)
        }
    }

    /// Every path must be one of the host's tree.
    private mutating func checkPassthroughPaths() {
        guard config.has("XEN"), let name = config.text("DEVICE_TREE"),
            let bytes = try? RegularFile.read(HostPath.folded(name, in: folder), limit: 64 << 20),
            let tree = try? DeviceTreeDocument(blob: bytes)
        else { return }
        // An overlay may bring the node.
        guard config.number("NUM_DT_OVERLAY") ?? 0 == 0 else { return }
        for index in 0..<domainCount {
            for path in config.words("DOMU_PASSTHROUGH_PATHS", index) where tree[path] == nil {
                error(
                    "IB-PASSTHROUGH-PATH", "DOMU_PASSTHROUGH_PATHS[\(index)]: the device tree has no node \(path)",
                    "DOMU_PASSTHROUGH_PATHS", index)
            }
        }
    }
}

/// Where partial device trees come from.
struct PassthroughSource {
    private enum Origin {
        case folder(String)
        case lopper(path: String, arguments: [String], tree: String)
    }

    private let origin: Origin
    private let scratch: ScratchFolder
    private static let environment = ["PATH=/usr/local/bin:/usr/bin:/bin"]

    init(_ repository: [String], _ config: TypedConfig, folder: String) throws(OutputError) {
        scratch = try ScratchFolder()
        if let first = repository.first {
            let subfolder = repository.count > 1 ? repository[1] : "."
            let isURL = first.contains("://") || Self.isSSH(first)
            let root = isURL ? try Self.clone(first) : HostPath.folded(first, in: folder)
            let path = HostPath.folded(subfolder, in: root)
            guard HostPath.isFolder(path) else { throw OutputError(path: path, problem: "is no folder") }
            origin = .folder(path)
        } else {
            let arguments = config.text("LOPPER_CMD") ?? KeyTable.lopperDefault
            origin = .lopper(
                path: HostPath.folded(config.text("LOPPER_PATH") ?? "", in: folder),
                arguments: arguments.split(separator: " ").map(String.init),
                tree: HostPath.folded(config.text("DEVICE_TREE") ?? "", in: folder))
        }
    }

    private static func isSSH(_ text: String) -> Bool {
        guard let at = text.firstIndex(of: "@") else { return false }
        return text[at...].contains(":")
    }

    /// Clones a repository into the cache, at the revision behind `#`; a clone of a revision that is there is used.
    private static func clone(_ url: String) throws(OutputError) -> String {
        let parts = url.split(separator: "#", maxSplits: 1).map(String.init)
        let revision = parts.count > 1 ? parts[1] : nil
        guard revision?.hasPrefix("-") != true else {
            throw OutputError(path: url, problem: "expected a revision behind '#', found '\(revision ?? "")'")
        }
        let folder = "\(CacheFolder.path)/\(CacheFolder.name(of: url))"
        if revision != nil, HostPath.isFolder(folder) { return folder }
        try CacheFolder.make()
        let temporary = "\(folder).\(getpid())"
        do throws(OutputError) {
            try run(["git", "clone", "-q", "--", parts[0], temporary])
            if let revision { try run(["git", "-C", temporary, "checkout", "-q", revision, "--"]) }
            try run(["rm", "-rf", folder])
            try run(["mv", "-T", temporary, folder])
        } catch {
            _ = try? run(["rm", "-rf", temporary])
            throw error
        }
        return folder
    }

    @discardableResult
    private static func run(_ words: [String]) throws(OutputError) -> [UInt8] {
        let result: ChildProcess.Result
        do {
            result = try ChildProcess.run(
                words, environment: environment + CacheFolder.gitEnvironment, seconds: 300)
        } catch {
            throw OutputError(path: words[0], problem: "cannot be run: \(error)")
        }
        guard result.status == 0 else {
            let errors = String(decoding: result.errors, as: UTF8.self).split(separator: "\n").joined(separator: "; ")
            throw OutputError(path: words[0], problem: "failed with status \(result.status): \(errors)")
        }
        return result.output
    }

    /// One tree made of those of several nodes: dtc compiles their sources as one, so that nodes of one name become one
    /// and labels are known in all of them.
    func tree(for paths: [String]) throws -> [UInt8] {
        var files: [String] = []
        var cells: [[UInt32?]] = []
        for path in paths {
            let node = String(path.split(separator: "/").last ?? "")
            let file = try source(of: node, path)
            guard !files.contains(file) else { continue }
            files.append(file)
            let passthrough = try DeviceTreeDocument(blob: try Self.compile(file, beside: [file]))["/passthrough"]
            cells.append(["#address-cells", "#size-cells"].map { passthrough?.property($0)?.u32 })
            guard cells[0] == cells[cells.count - 1] else {
                throw OutputError(
                    path: "\(node).dts",
                    problem: "/passthrough has other #address-cells or #size-cells than in the files before it")
            }
        }
        var text = Array("/dts-v1/;\n".utf8)
        for file in files { text += try Self.body(of: file) + [10] }
        let merged = try scratch.add("merged.dts", text)
        return try Self.compile(merged, beside: files)
    }

    /// What dtc makes of a source; what it includes lies beside those files.
    private static func compile(_ source: String, beside files: [String]) throws(OutputError) -> [UInt8] {
        let folders = Set(files.map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) }).sorted()
        return try run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", "-"] + folders.flatMap { ["-i", $0] } + [source])
    }

    /// A source without its lines that say which language it is.
    private static func body(of file: String) throws(OutputError) -> [UInt8] {
        let bytes: [UInt8]?
        do {
            bytes = try RegularFile.read(file, limit: 16 << 20)
        } catch {
            throw OutputError(path: file, problem: "\(error)")
        }
        guard let bytes else { throw OutputError(path: file, problem: "larger than 16 MiB") }
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        return Array(lines.filter { !$0.trimmingBlanks.starts(with: "/dts-v".utf8) }.joined(separator: [10]))
    }

    private func source(of node: String, _ path: String) throws(OutputError) -> String {
        switch origin {
        case .folder(let folder):
            let file = "\(folder)/\(node).dts"
            guard HostPath.exists(file) else {
                throw OutputError(path: file, problem: "there is no partial device tree for \(path)")
            }
            return file
        case .lopper(let program, let arguments, let tree):
            let file = scratch.name("\(node).dts")
            try Self.run(
                [program, "--permissive", "-f", tree, "--", "extract", "-t", path] + arguments
                    + ["--", "extract-xen", "-t", node, "-o", file])
            return file
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without blanks in front.
    fileprivate var trimmingBlanks: Self { drop { $0 == 32 || $0 == 9 } }
}

internal import Archives
internal import YAML
internal import DeviceTree
internal import Emulation
internal import FoundationEssentials
internal import Glibc

/// Gets the files of a scenario: from the cache, or by fetching or making them.
public struct ArtifactProvider: Sendable {
    private let cache: ArtifactCache
    private let lists = PackageLists()
    /// Whether packages are asked for again that are in the cache.
    public var updates = false
    /// Whether nothing may be fetched.
    public var isOffline = false
    /// Is told what takes time.
    public var progress: @Sendable (String) -> Void = { _ in }

    /// A provider with a cache.
    public init(cache: ArtifactCache) {
        self.cache = cache
    }

    /// All files of a scenario, by the names under which they are served; what is missing is named all at once.
    public func files(of scenario: Scenario) throws(ArtifactError) -> [(name: String, file: StoredFile)] {
        var files: [(name: String, file: StoredFile)] = []
        var problems: [ArtifactError] = []
        for (name, source) in scenario.artifacts {
            do throws(ArtifactError) {
                files += try named(name, source, scenario, files)
            } catch {
                problems.append(ArtifactError("\(name): \(error)", isUsage: error.isUsage))
            }
        }
        guard let first = problems.first else { return files }
        let text = problems.map(\.description).joined(separator: "\n")
        throw ArtifactError(text, isUsage: first.isUsage)
    }

    /// Puts files into a folder, under their names; with `links` they may be the very files of the cache, for someone
    /// who only reads them.
    public func place(
        _ files: [(name: String, file: StoredFile)], in folder: String, links: Bool
    ) throws(ArtifactError) {
        try Folders.make(folder)
        var linked: Set<String> = []
        for (name, file) in files {
            // Two names of one file would be one file to whoever replaces one of them.
            let isFirst = linked.insert(file.path).inserted
            try Folders.place(file.path, at: "\(folder)/\(name)", links: links && isFirst)
        }
    }

    private static let firmwarePackage = "u-boot-qemu"
    private static let firmwarePath = "usr/lib/u-boot/qemu_arm64/u-boot.bin"

    /// The firmware of a scenario's board.
    public func firmware(of scenario: Scenario) throws(ArtifactError) -> StoredFile {
        let suite = scenario.firmwareSuite
        if let path = Self.installedFirmware(suite) {
            let (digest, count) = try FileDigest.sha256(of: path)
            return StoredFile(
                path: path, sha256: digest, byteCount: count, origin: "\(Self.firmwarePackage), installed")
        }
        return try package(Self.firmwarePackage, path: Self.firmwarePath, suite, "arm64")
    }

    /// Where the firmware of a scenario's board is, if it is there and nobody asks for a newer one.
    func readyFirmware(of scenario: Scenario) -> String? {
        let suite = scenario.firmwareSuite
        if let path = Self.installedFirmware(suite) { return path }
        guard !updates else { return nil }
        let request = Self.request(Self.firmwarePackage, Self.firmwarePath, suite, "arm64")
        return (try? cache.answer(to: request))?.path
    }

    /// The firmware of a package that this machine, which is a Debian 12, has installed.
    private static func installedFirmware(_ suite: DebianSuite) -> String? {
        let isThere = unsafe access("/\(firmwarePath)", R_OK) == 0
        return suite == .bookworm && isThere ? "/\(firmwarePath)" : nil
    }

    private func named(
        _ name: String, _ source: ArtifactSource, _ scenario: Scenario, _ others: [(name: String, file: StoredFile)]
    ) throws(ArtifactError) -> [(name: String, file: StoredFile)] {
        let file: StoredFile
        switch source.origin {
        case .machineTree: file = try machineTree(scenario)
        case .gzip(let other):
            guard let plain = others.first(where: { $0.name == other }) else {
                throw ArtifactError("'\(other)', of which it is made, is missing")
            }
            file = try compressed(plain.file)
        case .key: return try keyPair(name)
        default: file = try self.file(source, folder: scenario.folder)
        }
        if let wanted = source.sha256, wanted != file.sha256 {
            throw ArtifactError(
                "\(source.place.file):\(source.place.mark.line): the SHA-256 is \(file.sha256), expected \(wanted) "
                    + "(\(file.origin))")
        }
        return [(name, file)]
    }

    private func file(_ source: ArtifactSource, folder: String) throws(ArtifactError) -> StoredFile {
        func beside(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
        switch source.origin {
        case .package(let name, let path, let suite, let architecture):
            return try package(name, path: path, suite, architecture)
        case .file(let path):
            let (digest, count) = try FileDigest.sha256(of: beside(path))
            return StoredFile(path: beside(path), sha256: digest, byteCount: count, origin: path)
        case .initramfs(let path): return try initramfs(beside(path))
        case .assembly(let path): return try guest(beside(path))
        case .gzip, .machineTree, .key: preconditionFailure("made of what the scenario has")
        }
    }

    // MARK: Fetched

    private func package(
        _ name: String, path: String, _ suite: DebianSuite, _ architecture: String
    ) throws(ArtifactError) -> StoredFile {
        let request = Self.request(name, path, suite, architecture)
        if !updates, let file = try cache.answer(to: request) { return file }
        guard !isOffline else {
            throw ArtifactError("the package \(name) of Debian \(suite.rawValue) is not in the cache")
        }
        return try cache.locked { () throws(ArtifactError) in
            // Another process may have fetched it meanwhile.
            if !updates, let file = try cache.answer(to: request) { return file }
            progress("fetching \(name) of Debian \(suite.rawValue)")
            let archive = DebianArchive(suite, architecture, cache: cache, lists: lists)
            let member: DebianArchive.Member
            do throws(ArtifactError) {
                member = try archive.fetch(name, path: path)
            } catch {
                throw ArtifactError("the package \(name): \(error)", isUsage: error.isUsage)
            }
            return try cache.store(member.path, as: request, origin: member.origin)
        }
    }

    private static func request(
        _ package: String, _ path: String, _ suite: DebianSuite, _ architecture: String
    ) -> String { "package \(suite.rawValue) \(architecture) \(package) \(path)" }

    // MARK: Made

    /// Makes a file in the cache if it is not there.
    private func made(
        _ request: String, origin: String, _ make: (String) throws -> Void
    ) throws(ArtifactError) -> StoredFile {
        if let file = try cache.answer(to: request) { return file }
        let work = try cache.workFile()
        do {
            try make(work)
        } catch {
            Folders.remove(work)
            throw (error as? ArtifactError) ?? ArtifactError("\(error)")
        }
        return try cache.store(work, as: request, origin: origin)
    }

    private func initramfs(_ path: String) throws(ArtifactError) -> StoredFile {
        let text = try Folders.read(path, limit: Scenario.byteLimit)
        let description: InitramfsFile
        do throws(ScenarioError) {
            description = try InitramfsFile(text: text, path: path)
        } catch {
            throw ArtifactError("\(error)", isUsage: true)
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var parts: [(name: String, file: StoredFile)] = []
        for entry in description.files?.entries ?? [] {
            parts.append((entry.key, try file(entry.value.source, folder: folder)))
        }
        let digests = parts.map { "\($0.name) \($0.file.sha256)" }.joined(separator: "\n")
        let request = "initramfs \(try FileDigest.sha256(of: text))\n\(digests)"
        let origins = parts.map(\.file.origin).joined(separator: ", ")
        return try made(request, origin: "initramfs of \(origins)") { target in
            var contents: [String: [UInt8]] = [:]
            for part in parts { contents[part.name] = try Folders.read(part.file.path) }
            try description.write(contents, to: target)
        }
    }

    private func guest(_ path: String) throws(ArtifactError) -> StoredFile {
        let (digest, _) = try FileDigest.sha256(of: path)
        let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        return try made("assembly \(digest)", origin: "assembled from \(name)") { target in
            // The name's ending tells clang what it is.
            try GuestAssembler.assemble(path, to: target, cache: cache)
        }
    }

    private func compressed(_ file: StoredFile) throws(ArtifactError) -> StoredFile {
        try made("gzip \(file.sha256)", origin: "gzip of \(file.origin)") { target in
            let writer = try ArchiveWriter(path: target, .gzip)
            try writer.add("data", try Folders.read(file.path, limit: 1 << 30))
            try writer.close()
        }
    }

    private func keyPair(_ name: String) throws(ArtifactError) -> [(name: String, file: StoredFile)] {
        let base = name.hasSuffix(".key") ? String(name.dropLast(4)) : name
        let key = try made("key \(name)", origin: "made by openssl") { target in
            try Self.run("/usr/bin/openssl", ["genrsa", "-out", target, "2048"])
        }
        let certificate = try made("certificate \(key.sha256)", origin: "made by openssl") { target in
            try Self.run(
                "/usr/bin/openssl",
                [
                    "req", "-batch", "-new", "-x509", "-key", key.path, "-subj", "/CN=ibtest", "-days", "36500", "-out",
                    target,
                ])
        }
        return [(base + ".key", key), (base + ".crt", certificate)]
    }

    /// The tree that the scenario's machine gives its firmware, without slack.
    private func machineTree(_ scenario: Scenario) throws(ArtifactError) -> StoredFile {
        var machine = scenario.machine.virtualMachine
        machine.firmware = try firmware(of: scenario).path
        var information = stat()
        guard unsafe stat(machine.emulator, &information) == 0 else {
            throw ArtifactError("\(machine.emulator) is missing: install the package \(VirtualMachine.package)")
        }
        let call = shellLine(machine.arguments(.dump("")))
        let request = "tree \(information.st_size) \(information.st_mtim.tv_sec) \(call)"
        return try made(request, origin: "QEMU's device tree") { target in
            let raw = try cache.workFile()
            defer { Folders.remove(raw) }
            try Self.run(machine.emulator, machine.arguments(.dump(raw)))
            let document = try DeviceTreeDocument(blob: try Folders.read(raw))
            try Folders.replace(target, try document.blob())
        }
    }

    private static func run(_ program: String, _ words: [String]) throws {
        let outcome = try ProgramCall(program, words).run()
        guard outcome.isSuccess else {
            let reason = outcome.errors.split(separator: "\n").last.map(String.init) ?? "\(outcome.ending)"
            throw ArtifactError("\(program) failed: \(reason)")
        }
    }
}

extension Scenario {
    /// The release of Debian whose U-Boot the board has.
    fileprivate var firmwareSuite: DebianSuite { board.hasSuffix("debian13") ? .trixie : .bookworm }
}

extension Scenario.Machine {
    /// The machine as QEMU has it, without files.
    var virtualMachine: VirtualMachine {
        var machine = VirtualMachine()
        machine.machine = "virt,virtualization=on,gic-version=\(interruptController),dtb-randomness=off"
        machine.memory = memory
        machine.processorCount = processorCount
        return machine
    }
}

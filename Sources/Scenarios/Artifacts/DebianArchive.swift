internal import Archives
internal import Emulation
internal import Glibc

/// Fetches packages of a Debian release with an apt that has lists and settings of its own.
///
/// No root is needed, and the system's lists, architectures and caches stay as they are.
struct DebianArchive {
    /// A file that was taken out of a package.
    struct Member {
        var path: String
        var origin: String
    }

    private static let keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    private static let standardMirror = "http://deb.debian.org/debian"

    let suite: DebianSuite
    let architecture: String
    private let cache: ArtifactCache
    private let lists: PackageLists
    private let folder: String

    init(_ suite: DebianSuite, _ architecture: String, cache: ArtifactCache, lists: PackageLists) {
        self.suite = suite
        self.architecture = architecture
        self.cache = cache
        self.lists = lists
        folder = "\(cache.root)/apt-\(suite.rawValue)-\(architecture)"
    }

    /// Fetches a package and takes the file out whose path fits a pattern; a package without it may depend on one
    /// that has it, as `linux-image-arm64` does.
    func fetch(_ package: String, path pattern: String) throws(ArtifactError) -> Member {
        try lists.once(folder) { () throws(ArtifactError) in try prepare() }
        if let member = try member(of: package, pattern) { return member }
        for dependency in try dependencies(of: package).prefix(4) {
            if let member = try member(of: dependency, pattern) { return member }
        }
        throw ArtifactError(
            "the package \(package) of Debian \(suite.rawValue) has no file '\(pattern)'", isUsage: true)
    }

    // MARK: apt

    /// What apt is told of proxies by the environment.
    private static var proxies: [String] {
        ["http_proxy", "https_proxy", "no_proxy"].compactMap { name in
            environmentVariable(name).map { "\(name)=\($0)" }
        }
    }

    private func prepare() throws(ArtifactError) {
        for name in ["lists/partial", "cache/archives/partial", "parts"] { try Folders.make("\(folder)/\(name)") }
        try Folders.replace("\(folder)/status", [])
        let (main, security) = try mirrors()
        let signature = unsafe access(Self.keyring, R_OK) == 0 ? "[signed-by=\(Self.keyring)] " : ""
        var sources = "deb \(signature)\(main) \(suite.rawValue) main\n"
        if let security { sources += "deb \(signature)\(security) \(suite.rawValue)-security main\n" }
        try Folders.replace("\(folder)/sources.list", Array(sources.utf8))
        try Folders.replace("\(folder)/apt.conf", Array(settings.utf8))
        try run("/usr/bin/apt-get", ["update", "-qq", "--error-on=any"], "the lists of Debian \(suite.rawValue)")
    }

    private var settings: String {
        """
        #clear APT::Architectures;
        #clear APT::Update::Post-Invoke;
        #clear APT::Update::Post-Invoke-Success;
        #clear DPkg::Post-Invoke;
        APT::Architecture "\(architecture)";
        APT::Architectures { "\(architecture)"; };
        APT::Sandbox::User "root";
        APT::Get::AllowUnauthenticated "false";
        Acquire::GzipIndexes "true";
        Acquire::Languages "none";
        Acquire::Retries "2";
        Acquire::http::Timeout "20";
        Acquire::https::Timeout "20";
        Dir::State "\(folder)";
        Dir::State::lists "\(folder)/lists";
        Dir::State::status "\(folder)/status";
        Dir::Cache "\(folder)/cache";
        Dir::Etc::sourcelist "\(folder)/sources.list";
        Dir::Etc::sourceparts "\(folder)/parts";

        """
    }

    /// The mirrors that this machine's apt uses, for packages and for security updates.
    private func mirrors() throws(ArtifactError) -> (main: String, security: String?) {
        let call = ProgramCall("/usr/bin/apt-get", ["update", "--print-uris"])
        let outcome: ProgramCall.Outcome
        do throws(ProgramCall.Failure) {
            outcome = try call.run()
        } catch {
            throw ArtifactError("\(error): packages are fetched by apt, which only Debian and its like have")
        }
        var main: [String] = []
        var security: [String] = []
        for line in String(decoding: outcome.output, as: UTF8.self).split(separator: "\n") where line.hasPrefix("'") {
            let address = line.dropFirst().prefix { $0 != "'" }
            guard let range = address.firstRange(of: "/dists/") else { continue }
            let mirror = String(address[..<range.lowerBound])
            guard mirror.contains("debian") else { continue }
            let name = address[range.upperBound...].prefix { $0 != "/" }
            if name.hasSuffix("-security") { security.append(mirror) } else { main.append(mirror) }
        }
        return (main.first ?? Self.standardMirror, security.first)
    }

    private func dependencies(of package: String) throws(ArtifactError) -> [String] {
        let outcome = try run(
            "/usr/bin/apt-cache", ["depends", "--important", package], "what \(package) depends on")
        return outcome.split(separator: "\n").compactMap { line in
            line.firstRange(of: "Depends: ").map { String(line[$0.upperBound...]) }
        }.filter { !$0.hasPrefix("<") }
    }

    @discardableResult private func run(
        _ program: String, _ words: [String], _ what: String, in directory: String? = nil
    ) throws(ArtifactError) -> String {
        var call = ProgramCall(program, ["-c", "\(folder)/apt.conf"] + words)
        call.directory = directory
        call.seconds = 1800
        call.environment += Self.proxies
        let outcome: ProgramCall.Outcome
        do throws(ProgramCall.Failure) {
            outcome = try call.run()
        } catch {
            throw ArtifactError("\(error)")
        }
        guard outcome.isSuccess else {
            let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("E:") || $0.hasPrefix("W:") }
            let reason = lines.first.map { String($0.dropFirst(3)) } ?? "\(outcome.ending)"
            if reason.contains("Unable to locate package") {
                throw ArtifactError("Debian \(suite.rawValue) has no package for \(what): \(reason)", isUsage: true)
            }
            throw ArtifactError("cannot fetch \(what) (is there a network?): \(reason)")
        }
        return String(decoding: outcome.output, as: UTF8.self)
    }

    // MARK: Packages

    private func member(of package: String, _ pattern: String) throws(ArtifactError) -> Member? {
        let downloads = "\(folder)/download-\(getpid())"
        Folders.remove(downloads)
        try Folders.make(downloads)
        defer { Folders.remove(downloads) }
        try run("/usr/bin/apt-get", ["download", "-qq", package], "the package \(package)", in: downloads)
        guard let name = try? Self.names(in: downloads).first(where: { $0.hasSuffix(".deb") }) else {
            throw ArtifactError("apt-get downloaded no package \(package)")
        }
        let parts = name.split(separator: "_")
        let version = parts.count > 1 ? parts[1].split(separator: "%3a").joined(separator: ":") : "?"
        let data = try cache.workFile()
        let result = try cache.workFile()
        defer { Folders.remove(data) }
        do {
            try Self.extract("data.tar*", of: "\(downloads)/\(name)", to: data)
            guard let found = try Self.extract(pattern, of: data, to: result) else {
                Folders.remove(result)
                return nil
            }
            return Member(path: result, origin: "\(parts.first ?? "") \(version): \(found)")
        } catch {
            Folders.remove(result)
            throw ArtifactError("\(package): \(error)")
        }
    }

    private static func names(in folder: String) throws(ArtifactError) -> [String] {
        guard let handle = unsafe opendir(folder) else { throw ArtifactError("\(folder): \(systemText(errno))") }
        defer { unsafe closedir(handle) }
        var names: [String] = []
        while let entry = unsafe readdir(handle) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names.sorted()
    }

    /// Writes the first member whose name fits, and gives its name.
    @discardableResult private static func extract(
        _ pattern: String, of archive: String, to target: String
    ) throws -> String? {
        let reader = try ArchiveReader(path: archive)
        while let name = try reader.next() {
            guard unsafe fnmatch(pattern, name, 0) == 0 else { continue }
            let descriptor = unsafe open(target, O_WRONLY | O_TRUNC | O_CLOEXEC)
            guard descriptor >= 0 else { throw ArtifactError("\(target): \(systemText(errno))") }
            defer { close(descriptor) }
            try reader.read { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { throw ArtifactError("\(target): \(systemText(errno))") }
                    rest = rest.dropFirst(count)
                }
            }
            return name
        }
        return nil
    }
}

internal import YAML

/// Where a file of a scenario comes from, as its file says.
public struct ArtifactSource: Sendable {
    /// The kinds of origin.
    public indirect enum Origin: Sendable {
        /// A file of a Debian package for arm64, by a path in which `*` stands for anything.
        case package(String, path: String, suite: DebianSuite, architecture: String)
        /// A file beside the scenario.
        case file(String)
        /// An initramfs, as a description file beside the scenario says.
        case initramfs(String)
        /// A guest in assembly language, beside the scenario.
        case assembly(String)
        /// Another artifact of the scenario, compressed with gzip.
        case gzip(String)
        /// The device tree that the scenario's machine gives its firmware.
        case machineTree
        /// An RSA key with its certificate, made for this run.
        case key
    }

    /// Where it comes from.
    public var origin: Origin
    /// The digest that it must have, in hexadecimal; nil for any.
    public var sha256: String?
    /// Where the scenario says so.
    var place: SourcePlace
}

/// A release of Debian that packages are taken from.
public enum DebianSuite: String, Sendable, Decodable, CaseIterable {
    /// Debian 12.
    case bookworm
    /// Debian 13.
    case trixie
}

extension ArtifactSource: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case package, path, suite, architecture, file, initramfs, assembly, gzip, key, sha256
        case deviceTree = "device-tree"
    }

    /// What makes the device tree.
    private enum TreeOrigin: String, Decodable, CaseIterable { case machine }

    /// What kind of key.
    private enum KeyKind: String, Decodable, CaseIterable { case rsa2048 }

    /// A mapping with exactly one kind of origin.
    public init(from decoder: any Decoder) throws {
        place = decoder.sourcePlace
        let values = try decoder.container(keyedBy: CodingKeys.self)
        var origins: [(CodingKeys, Origin)] = []
        if let name = try values.decodeIfPresent(String.self, forKey: .package) {
            let path = try values.decode(String.self, forKey: .path)
            let suite = try values.decodeIfPresent(DebianSuite.self, forKey: .suite) ?? .bookworm
            let architecture = try values.decodeIfPresent(String.self, forKey: .architecture) ?? "arm64"
            origins.append((.package, .package(name, path: path, suite: suite, architecture: architecture)))
        }
        if let path = try values.decodeIfPresent(String.self, forKey: .file) { origins.append((.file, .file(path))) }
        if let path = try values.decodeIfPresent(String.self, forKey: .initramfs) {
            origins.append((.initramfs, .initramfs(path)))
        }
        if let path = try values.decodeIfPresent(String.self, forKey: .assembly) {
            origins.append((.assembly, .assembly(path)))
        }
        if let name = try values.decodeIfPresent(String.self, forKey: .gzip) { origins.append((.gzip, .gzip(name))) }
        if try values.decodeIfPresent(TreeOrigin.self, forKey: .deviceTree) != nil {
            origins.append((.deviceTree, .machineTree))
        }
        if try values.decodeIfPresent(KeyKind.self, forKey: .key) != nil { origins.append((.key, .key)) }
        let kinds = "package, file, initramfs, assembly, gzip, device-tree or key"
        guard let first = origins.first else { throw place.error("expected one of \(kinds)") }
        guard origins.count == 1 else {
            let second = origins[1].0
            throw decoder.sourcePlace(of: second).error("expected one of \(kinds), found \(origins.count) of them")
        }
        origin = first.1
        sha256 = try values.decodeIfPresent(String.self, forKey: .sha256)
        if let sha256, sha256.count != 64 || !sha256.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) {
            throw decoder.sourcePlace(of: CodingKeys.sha256).error(
                "expected 64 hexadecimal digits in lower case, found '\(sha256.prefix(70))'")
        }
        guard first.0 != .package else { return }
        for key in [CodingKeys.path, .suite, .architecture] where values.contains(key) {
            throw decoder.sourcePlace(of: key).error("'\(key.rawValue)' belongs to a package only")
        }
    }
}

internal import Boards
internal import FoundationEssentials
public import UBoot

/// Lines typed at a freshly started board, with what they printed and left in `$?`, as a file in JSON has them.
///
/// The keys are those of the recorded sessions of the real U-Boot; `board` is one more.
public struct SessionFile: Sendable, Codable {
    /// A typed line or construct and what is expected of it.
    public struct Entry: Sendable, Codable {
        /// The line; lines of a construct are joined by line feeds.
        public var command: ByteString
        /// What is printed; nil counts as nothing.
        public var output: ByteString?
        /// `$?` behind it; nil if U-Boot does not come back.
        public var status: Int?
        /// `status` where only that is compared.
        public var match: String?

        /// Writes `status` also where it is null.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(command, forKey: .command)
            try container.encodeIfPresent(output, forKey: .output)
            try container.encode(status, forKey: .status)
            try container.encodeIfPresent(match, forKey: .match)
        }
    }

    /// What it is called.
    public var name: String?
    /// What kind of session it is.
    public var area: String?
    /// What it is for.
    public var about: String?
    /// The board's name, or the path of its file; nil for the usual one.
    public var board: String?
    /// The files that the network serves, by name; nil where they are elsewhere.
    public var files: [String: SessionContent]?
    /// Names of disk images.
    public var disks: [String]?
    /// Lines that run first and are not compared.
    public var setup: [ByteString]?
    /// The lines.
    public var commands: [Entry]
    /// Where the device tree is at the end: `x0` for the one handed over, else an address.
    public var finalFDT: String?
    /// The bytes of that tree in base64.
    public var expectedFDT: String?

    enum CodingKeys: String, CodingKey {
        case name, area, about, board, files, disks, setup, commands
        case finalFDT = "final_fdt"
        case expectedFDT = "expected_fdt"
    }

    /// What is set before `setup`: the network of the emulator in which the sessions were recorded.
    static let network: [ByteString] = ["setenv ipaddr 10.0.2.15", "setenv serverip 10.0.2.2"]

    /// The lines that make a board as if those of `network` had not been typed.
    private static let withoutNetwork: [ByteString] = ["setenv ipaddr", "setenv serverip"]

    /// The bytes of loaded files that a session may carry.
    private static let carriedByteCount = 1 << 20

    /// Takes what was typed in a session, without a device tree.
    init(_ session: Session, name path: String, files: [String: SessionContent]?) {
        name = path.split(separator: "/").last.map { $0.hasSuffix(".json") ? String($0.dropLast(5)) : String($0) }
        area = "shell"
        about = "saved from ibtest shell"
        let board = session.simulation.board
        let isKnown = Board.known(in: Board.searchFolders()).contains { $0.path == board.path }
        self.board = isKnown ? board.name : board.path
        self.files = files
        setup = Self.withoutNetwork
        commands = session.typed.map { Entry(command: $0.command, output: $0.output, status: $0.status) }
    }

    /// Reads a file's content; throws a `SessionFileError`.
    public init(json bytes: [UInt8]) throws(SessionFileError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw .notASession(Self.problem(error))
        } catch {
            throw .notASession("\(error)")
        }
    }

    /// The file's content in UTF-8, ended by a line feed.
    public func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// The loaded files, by the names that they were asked for by; nil if they are too large to be carried, or gone.
    static func contents(of loads: [LoadRecord]) -> [String: SessionContent]? {
        var contents: [String: SessionContent] = [:]
        var rest = carriedByteCount
        for load in loads {
            guard let path = load.path else { continue }
            let name = String(load.file.display.drop { $0 == "/" })
            guard contents[name] == nil else { continue }
            guard let bytes = (try? RegularFile.read(path, limit: rest)) ?? nil else { return nil }
            rest -= bytes.count
            contents[name] = SessionContent(bytes)
        }
        return contents
    }

    private static func problem(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
            return path.isEmpty ? "" : "at \(path.drop { $0 == "." }): "
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context))no '\(key.stringValue)'"
        case .typeMismatch(let type, let context): "\(place(context))expected \(type)"
        case .valueNotFound(let type, let context): "\(place(context))expected \(type), found null"
        case .dataCorrupted(let context): "\(place(context))\(context.debugDescription)"
        @unknown default: "\(error)"
        }
    }
}

/// Why a file cannot be typed again as a session.
public enum SessionFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is no JSON, or has not the keys of a session.
    case notASession(String)
    /// A served file is in a form that is not known.
    case unknownContent(String)
    /// It needs disks.
    case needsDisks
    /// The bytes of the expected tree are not base64, or its place is no address.
    case badTree

    /// The sentence.
    public var description: String {
        switch self {
        case .notASession(let problem): "not a session: \(problem)"
        case .unknownContent(let name): "the file '\(name)' is in a form that cannot be unpacked"
        case .needsDisks: "the session needs disks, which cannot be replayed"
        case .badTree: "final_fdt is no address, or expected_fdt is not base64"
        }
    }
}

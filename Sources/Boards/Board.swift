public import UBoot
internal import YAML

/// A board that a file describes.
public struct Board: Sendable {
    /// A range that U-Boot does not load to.
    public struct Reservation: Sendable, Equatable {
        /// The bytes.
        public var range: AddressRange
        /// What is there, for people.
        public var reason: String
    }

    /// The name of the file without `.yaml`.
    public let name: String
    /// The file, as it was found.
    public let path: String
    /// One line about the board; empty if its file has none.
    public let summary: String
    /// What U-Boot's prompt is, its space included.
    public let prompt: ByteString
    /// What is not loaded to, with the reasons.
    public let reservations: [Reservation]
    /// What the simulation needs.
    public let description: MachineDescription

    /// The largest board file, in bytes.
    static let byteLimit = 1 << 20

    /// Reads a board file and the files that it names, which it finds from its own folder.
    public init(file path: String) throws(BoardError) {
        let text = try BoardFolder.read(path, limit: Self.byteLimit)
        let file: BoardFile
        do {
            file = try YAMLDecoder(file: path).decode(BoardFile.self, from: text)
        } catch {
            throw BoardError(.yaml(error))
        }
        name = Self.name(ofFile: path)
        self.path = path
        summary = file.description ?? ""
        prompt = ByteString(utf8: file.uBoot.prompt ?? "=> ")
        reservations = try file.reservations()
        description = try file.machine(name: name, folder: BoardFolder(of: path), reservations: reservations)
    }

    /// A machine of this kind as it is when U-Boot's prompt appears for the first time.
    public func machine(limits: Limits = Limits()) throws(MemoryFault) -> Machine {
        try Machine(description, limits: limits)
    }
}

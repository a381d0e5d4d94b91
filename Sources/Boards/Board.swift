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
    public internal(set) var description: MachineDescription

    /// The largest board file, in bytes.
    static let byteLimit = 1 << 20

    /// The board that its file extends; nil if it stands alone.
    public let parent: String?

    /// Reads a board file and the files that it names, which it finds from its own folder.
    ///
    /// A board that it extends is looked for in that folder too, and then in `folders`.
    public init(file path: String, in folders: [String] = []) throws(BoardError) {
        let file: BoardFile
        do {
            let root = try Inheritance(folders: folders).document(path)
            file = try YAMLDecoder(file: path).decode(BoardFile.self, from: root)
        } catch let error as YAMLError {
            throw BoardError(.yaml(error))
        } catch let error as BoardError {
            throw error
        } catch {
            preconditionFailure("reading a board threw \(error)")
        }
        parent = file.extends
        name = Self.name(ofFile: path)
        self.path = path
        summary = file.description ?? ""
        prompt = ByteString(utf8: file.uBoot.prompt ?? "=> ")
        reservations = try file.reservations()
        description = try file.machine(name: name, reservations: reservations)
    }

    /// A machine of this kind as it is when U-Boot's prompt appears for the first time.
    public func machine(limits: Limits = Limits()) throws(MemoryFault) -> Machine {
        try Machine(description, limits: limits)
    }
}

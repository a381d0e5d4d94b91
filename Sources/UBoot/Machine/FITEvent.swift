/// Something about an image of a FIT that a command met.
public struct FITEvent: Sendable, Codable, Equatable {
    /// What it was.
    public enum Kind: String, Sendable, Codable {
        /// The FIT has nothing of that name.
        case missing
        /// A hash of the image is wrong, or cannot be checked.
        case badHash
        /// A configuration lacks a signature that the board requires.
        case unsigned
        /// The image was taken without a look at the signature of a configuration, though the board requires one.
        case unverified
    }

    /// What it was.
    public var kind: Kind
    /// The number of the command.
    public var command: Int
    /// The place of the command.
    public var place: ScriptPlace
    /// Where the FIT lies.
    public var address: Address
    /// The image or configuration.
    public var name: ByteString
    /// For `missing`: what there is none of; for `unverified`: the command; else what is wrong, in U-Boot's words.
    public var detail: String?
}

extension Machine {
    /// Notes what the command that runs met.
    mutating func note(fit kind: FITEvent.Kind, _ name: ByteString, at address: Address, detail: String? = nil) {
        guard let place = recorder.currentPlace else { return }
        recorder.note(
            FITEvent(
                kind: kind, command: recorder.currentCommand ?? 0, place: place, address: address, name: name,
                detail: detail), in: \.fitEvents)
    }

    /// Notes that an image was taken without a look at a required signature of a configuration, if there is one.
    mutating func note(unverified name: ByteString, at address: Address, by command: String) {
        guard signatureKeys.contains(where: { $0.required == "conf" }) else { return }
        note(fit: .unverified, name, at: address, detail: command)
    }
}

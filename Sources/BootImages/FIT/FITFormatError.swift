/// Why a device tree is no FIT that U-Boot takes; the raw value is U-Boot's negative error number.
public enum FITFormatError: Int, Error, Sendable, CustomStringConvertible {
    /// No device tree.
    case notTree = -8
    /// A damaged one.
    case damaged = -22
    /// A node has a unit address.
    case unitAddress = -99
    /// The root has no `description`.
    case noDescription = -42
    /// The root has no `timestamp`.
    case noTimestamp = -74
    /// There is no node `/images`.
    case noImages = -2

    /// What is wrong.
    public var description: String {
        switch self {
        case .notTree: "not a device tree"
        case .damaged: "the device tree is damaged"
        case .unitAddress: "a node has a unit address (@)"
        case .noDescription: "the root node has no description"
        case .noTimestamp: "the root node has no timestamp"
        case .noImages: "there is no node /images"
        }
    }
}

internal import CFDT

/// A failure in libfdt's own numbers, whether libfdt reported it or a check made before libfdt was called.
public struct FDTError: Error, Equatable, Hashable, Sendable, CustomStringConvertible {
    /// libfdt's negative number, such as -1 for `FDT_ERR_NOTFOUND`.
    public let code: Int32

    /// Keeps the number as it is; values that libfdt does not know print as `<unknown error>`.
    public init(code: Int32) {
        self.code = code
    }

    /// The text of `fdt_strerror`, such as `FDT_ERR_NOTFOUND`; version 1.6.1 has none for -19.
    public var name: String { unsafe String(cString: fdt_strerror(code)) }

    /// The same as `name`.
    public var description: String { name }
}

extension FDTError {
    /// No such node, property or reservation (-1).
    public static let notFound = FDTError(code: -FDT_ERR_NOTFOUND)
    /// A node of that name is there already (-2).
    public static let exists = FDTError(code: -FDT_ERR_EXISTS)
    /// The tree's `totalsize`, or the span given, is too small for the result (-3).
    public static let noSpace = FDTError(code: -FDT_ERR_NOSPACE)
    /// The offset is not that of a node or property (-4).
    public static let badOffset = FDTError(code: -FDT_ERR_BADOFFSET)
    /// A path that neither begins with a slash nor with an alias (-5).
    public static let badPath = FDTError(code: -FDT_ERR_BADPATH)
    /// A phandle that is 0, -1, or not four bytes long (-6).
    public static let badPhandle = FDTError(code: -FDT_ERR_BADPHANDLE)
    /// The header, a block or the whole tree does not fit the bytes (-8).
    public static let truncated = FDTError(code: -FDT_ERR_TRUNCATED)
    /// The first four bytes are not `d00dfeed` (-9).
    public static let badMagic = FDTError(code: -FDT_ERR_BADMAGIC)
    /// A format version that libfdt cannot read, or not edit (-10).
    public static let badVersion = FDTError(code: -FDT_ERR_BADVERSION)
    /// An unknown or misplaced tag in the structure block (-11).
    public static let badStructure = FDTError(code: -FDT_ERR_BADSTRUCTURE)
    /// The blocks are not in the order that editing needs (-12).
    public static let badLayout = FDTError(code: -FDT_ERR_BADLAYOUT)
    /// `#address-cells` or `#size-cells` out of range (-14).
    public static let badCellCount = FDTError(code: -FDT_ERR_BADNCELLS)
    /// A value that cannot stand where it is, such as a name with a NUL inside (-15).
    public static let badValue = FDTError(code: -FDT_ERR_BADVALUE)
    /// An overlay with faulty fixups or targets (-16).
    public static let badOverlay = FDTError(code: -FDT_ERR_BADOVERLAY)
    /// The tree does not start at a multiple of eight bytes (-19).
    public static let alignment = FDTError(code: -FDT_ERR_ALIGNMENT)

    /// Hands a non-negative libfdt result on, and throws a negative one.
    @discardableResult
    static func checked(_ result: Int32) throws(FDTError) -> Int {
        guard result >= 0 else { throw FDTError(code: result) }
        return Int(result)
    }
}

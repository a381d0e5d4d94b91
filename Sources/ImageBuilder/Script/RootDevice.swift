/// The partition behind the one that files are loaded from, as Linux names it.
struct RootDevice {
    /// Why it cannot be told.
    enum Problem: Error, Equatable {
        case otherDevice
        case noPartition

        var text: String {
            switch self {
            case .otherDevice:
                "the root device can be told of mmc and scsi only; write root=… into the command line"
            case .noPartition:
                "expected a load command that ends in DEVICE:PARTITION; write root=… into the command line"
            }
        }
    }

    let path: String

    init(loader: String) throws(Problem) {
        let isMMC = loader.contains("mmc")
        guard isMMC || loader.contains("scsi") else { throw .otherDevice }
        let command = loader.split(separator: ";").last ?? ""
        let words = command.split(separator: " ")
        guard let last = words.last, let colon = last.firstIndex(of: ":"),
            let device = Int(last[..<colon]), let partition = Int(last[last.index(after: colon)...], radix: 16),
            (0...4095).contains(device), (0...255).contains(partition)
        else { throw .noPartition }
        path = isMMC ? "/dev/mmcblk\(device)p\(partition + 1)" : "/dev/sd\(Self.letters(device))\(partition + 1)"
    }

    /// `a` to `z`, `aa` and so on.
    private static func letters(_ number: Int) -> String {
        let last = String(UnicodeScalar(UInt8(97 + number % 26)))
        return number < 26 ? last : letters(number / 26 - 1) + last
    }
}

import BootImages
import DeviceTree

/// A FIT in memory.
struct FITInMemory {
    /// Its nodes.
    let image: FITImage
    /// Where it lies.
    let address: Address

    /// Where an image's data is; nil if its node does not say it.
    func data(of component: FITComponent) -> AddressRange? {
        component.data.map { data in
            let size = UInt64(bitPattern: Int64(data.byteCount))
            return AddressRange(start: address + UInt64(bitPattern: Int64(data.offset)), size: size)
        }
    }
}

extension Machine {
    /// Reads the FIT at an address; throws `FITFormatError` if U-Boot would not take it.
    func fit(at address: Address) throws -> FITInMemory {
        FITInMemory(image: try readTree(at: address) { try FITImage($0) }, address: address)
    }
}

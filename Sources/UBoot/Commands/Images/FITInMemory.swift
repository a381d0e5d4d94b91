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
        let rules = description.images
        guard rules.readsFIT else { throw FITFormatError.notTree }
        let image = try readTree(at: address) {
            try FITImage(
                $0, verifiesSignatures: rules.verifiesSignatures, showsTimes: rules.showsTimes,
                vocabulary: release.vocabulary)
        }
        return FITInMemory(image: image, address: address)
    }
}

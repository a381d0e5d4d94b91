internal import UBoot

extension BoardFile.UBootPart {
    /// Which boot images the build can read.
    func imageSupport() throws(BoardError) -> ImageSupport {
        var support = ImageSupport()
        if bits == .narrow { support.architecture = .arm }
        guard let images else { return support }
        if let name = images.architecture?.rawValue, let known = ImageSupport.Architecture(rawValue: name) {
            support.architecture = known
        }
        if let features = images.fit {
            support.readsFIT = !features.contains(.none)
            support.choosesBestMatch = features.contains(.bestMatch)
            support.verifiesSignatures = features.contains(.signatures)
            support.verifiesPSS = features.contains(.pss)
            if features.contains(.ecdsa) { support.ecdsa = .verified }
            if features.contains(.ecdsaWithoutDevice) { support.ecdsa = .withoutDevice }
        }
        if let names = images.unpacks {
            support.compressions = Set(names.compactMap { ImageSupport.Compression(rawValue: $0.rawValue) })
        }
        if let names = images.digests { support.digests = Set(names.map(\.rawValue)) }
        support.showsTimes = images.times ?? support.showsTimes
        if let limit = images.kernelLimit { support.kernelByteLimit = limit.value }
        if let heap = images.heap { support.heapByteCount = heap.value }
        return support
    }
}

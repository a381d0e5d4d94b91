import DeviceTree
import Testing

struct FDTHeaderTests {
    @Test func fieldsAreReadInTheirOrder() throws {
        let blob = (UInt8(1)...10).flatMap { [0, 0, 0x12, $0] as [UInt8] }
        let header = try SampleTree.header(of: blob)
        #expect(header.magic == 0x1201)
        #expect(header.totalSize == 0x1202)
        #expect(header.offDtStruct == 0x1203)
        #expect(header.offDtStrings == 0x1204)
        #expect(header.offMemRsvmap == 0x1205)
        #expect(header.version == 0x1206)
        #expect(header.lastCompVersion == 0x1207)
        #expect(header.bootCpuidPhys == 0x1208)
        #expect(header.sizeDtStrings == 0x1209)
        #expect(header.sizeDtStruct == 0x120a)
    }

    @Test func storingWritesWhatWasRead() throws {
        let header = try SampleTree.header(of: SampleTree.blob())
        let empty = [UInt8](repeating: 0, count: 44)
        let stored = try edited(empty) { tree throws(FDTError) in try header.store(in: &tree) }
        #expect(try stored == SampleTree.blob()[..<40] + [0, 0, 0, 0])
    }

    @Test func fewerThanFortyBytesAreTruncated() {
        let short = [UInt8](repeating: 0, count: 39)
        #expect(throws: FDTError.truncated) { try SampleTree.header(of: short) }
    }
}

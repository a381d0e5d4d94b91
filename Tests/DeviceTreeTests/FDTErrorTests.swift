import DeviceTree
import Testing

struct FDTErrorTests {
    @Test(arguments: [
        (FDTError.notFound, -1, "FDT_ERR_NOTFOUND"), (.noSpace, -3, "FDT_ERR_NOSPACE"),
        (.badOverlay, -16, "FDT_ERR_BADOVERLAY"), (.badStructure, -11, "FDT_ERR_BADSTRUCTURE"),
        (FDTError(code: -77), -77, "<unknown error>"),
    ])
    func namesAreThoseOfLibfdt(error: FDTError, code: Int32, name: String) {
        #expect(error.code == code)
        #expect(error.name == name)
        #expect("\(error)" == name)
    }
}

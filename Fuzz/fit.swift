@testable import UBoot

/// A flattened image tree.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    FuzzMachine.run(
        bytes(start, count),
        """
        iminfo 48000000
        imxtract 48000000 kernel 49000000
        source 48000000:script
        source 48000000
        bootm 48000000
        """)
    return 0
}

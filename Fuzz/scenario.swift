@testable import Scenarios

/// A scenario file, or the description of an initramfs.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    _ = try? Scenario(text: input, path: "scenario.yaml", name: "fuzz")
    _ = try? InitramfsFile(text: input, path: "initramfs.yaml")
    return 0
}

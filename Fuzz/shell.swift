@testable import UBoot

/// Lines typed at the prompt.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard var machine = FuzzMachine.make() else { return 0 }
    _ = machine.type(bytes(start, count), source: "<fuzz>")
    return 0
}

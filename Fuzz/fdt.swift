@testable import UBoot

/// Lines up to the first NUL, typed with the rest as the working tree.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    let lines = input.prefix { $0 != 0 }
    let commands = lines.split(separator: 10).prefix(20).map { "fdt " + String(decoding: $0, as: UTF8.self) }
    let tree = Array(input[min(lines.count + 1, input.count)...])
    FuzzMachine.run(
        tree, (["fdt addr 48000000"] + commands + ["fdt print", "fdt rsvmem print"]).joined(separator: "\n"))
    return 0
}

/// A size as U-Boot prints it after "=": `16 Bytes`, `2 KiB`, `2.9 KiB`; one decimal, rounded half up, `.0` left out.
public func humanSize(_ byteCount: UInt64) -> String {
    let units = ["Bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    guard byteCount >= 1024 else { return "\(byteCount) Bytes" }
    var unit = (byteCount.bitWidth - byteCount.leadingZeroBitCount - 1) / 10
    let shift = UInt64(unit * 10)
    var whole = byteCount >> shift
    let rest = byteCount & (1 << shift - 1)
    var tenths = (10 * rest + 1 << (shift - 1)) >> shift
    if tenths == 10 {
        tenths = 0
        whole += 1
        if whole == 1024 && unit < units.count - 1 {
            whole = 1
            unit += 1
        }
    }
    return tenths == 0 ? "\(whole) \(units[unit])" : "\(whole).\(tenths) \(units[unit])"
}

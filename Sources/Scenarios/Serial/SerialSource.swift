/// Who writes to the serial line.
public enum SerialSource: Sendable, Hashable, Comparable {
    /// What runs before the kernel or hypervisor.
    case firmware
    /// Xen.
    case hypervisor
    /// The domain with this number; a kernel that runs without a hypervisor is number 0.
    case domain(Int)
}

extension SerialSource: CustomStringConvertible {
    /// `firmware`, `xen`, or `d` and the number.
    public var description: String {
        switch self {
        case .firmware: "firmware"
        case .hypervisor: "xen"
        case .domain(let number): "d\(number)"
        }
    }
}

internal import Glibc

/// Whether the host's processor can execute a guest, and in words why not.
public enum AcceleratorProbe: Sendable, Equatable {
    /// It can.
    case usable
    /// It cannot, for this reason.
    case unusable(String)

    /// Looks at the host for guests of an architecture such as `aarch64`.
    ///
    /// A device that opens is not enough: there are hosts whose KVM is software that runs only guests made for it.
    public static func kvm(guest: String) -> AcceleratorProbe {
        var name = utsname()
        guard unsafe uname(&name) == 0 else { return .unusable("the host does not say what it is") }
        let host = unsafe withUnsafeBytes(of: &name.machine) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard host == guest else { return .unusable("the host is \(host), the guest \(guest)") }
        let descriptor = unsafe open("/dev/kvm", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            return .unusable("/dev/kvm: \(SystemError("open it", errno))")
        }
        close(descriptor)
        let modules = ["/sys/module/kvm_intel", "/sys/module/kvm_amd"]
        if host == "x86_64", !modules.contains(where: { unsafe access($0, F_OK) == 0 }) {
            return .unusable("/dev/kvm is there, but this is software KVM: neither kvm_intel nor kvm_amd is loaded")
        }
        return .usable
    }
}

internal import CSystem
internal import Glibc

/// A descriptor that is closed when nobody holds it any more.
final class Descriptor {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit { close(number) }

    /// Two connected sockets: ours, which does not block, and the one for a child.
    static func socketPair() throws(SystemError) -> (own: Descriptor, other: Descriptor) {
        var pair: [Int32] = [-1, -1]
        let code = unsafe csystem_socket_pair(&pair)
        guard code == 0 else { throw SystemError("make a pair of sockets", code) }
        return (Descriptor(pair[0]).nonBlocking(), Descriptor(pair[1]))
    }

    /// A pipe: the end to read from, which does not block, and the one to write to.
    static func pipe() throws(SystemError) -> (reading: Descriptor, writing: Descriptor) {
        var pair: [Int32] = [-1, -1]
        let code = unsafe csystem_pipe(&pair)
        guard code == 0 else { throw SystemError("make a pipe", code) }
        return (Descriptor(pair[0]).nonBlocking(), Descriptor(pair[1]))
    }

    /// Nothing to read, and anything may be written.
    static func null() throws(SystemError) -> Descriptor {
        let number = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open /dev/null", errno) }
        return Descriptor(number)
    }

    /// The same descriptor, or a copy of it, with a number that no standard stream has.
    func aboveStandard() throws(SystemError) -> Descriptor {
        guard number < 3 else { return self }
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw SystemError("copy a descriptor", errno) }
        return Descriptor(copy)
    }

    func nonBlocking() -> Descriptor {
        let flags = fcntl(number, F_GETFL)
        _ = fcntl(number, F_SETFL, flags | O_NONBLOCK)
        return self
    }
}

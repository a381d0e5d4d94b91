internal import Glibc

/// The one loop of a run: it waits for descriptors and times, and calls whoever asked for them.
///
/// It belongs to the thread that runs it, as does everything that is watched by it. That thread also starts the
/// children, which are killed when it ends.
public final class EventLoop {
    /// Names a watch or a timer; a number is never used twice.
    public struct Token: Hashable, Sendable {
        fileprivate var number: UInt64
    }

    private struct Watch {
        var descriptor: Int32
        var writes: Bool
        var body: () -> Void
    }

    private struct Timer {
        var deadline: Instant
        var body: () -> Void
    }

    private var last: UInt64 = 0
    private var watches: [UInt64: Watch] = [:]
    private var timers: [UInt64: Timer] = [:]

    /// A loop that watches nothing yet.
    public init() {}

    /// How many descriptors and times are waited for.
    public var count: Int { watches.count + timers.count }

    /// Calls `body` whenever a descriptor can be read, or written, or has ended; until it is dropped.
    func watch(_ descriptor: Descriptor, writes: Bool = false, _ body: @escaping () -> Void) -> Token {
        last += 1
        watches[last] = Watch(descriptor: descriptor.number, writes: writes, body: body)
        return Token(number: last)
    }

    /// Calls `body` once, when the time has passed.
    @discardableResult public func after(_ delay: Duration, _ body: @escaping () -> Void) -> Token {
        last += 1
        timers[last] = Timer(deadline: .now + delay, body: body)
        return Token(number: last)
    }

    /// Forgets a watch or a timer.
    public func drop(_ token: Token?) {
        guard let token else { return }
        watches[token.number] = nil
        timers[token.number] = nil
    }

    /// Runs as long as a condition holds and there is anything to wait for.
    public func run(while condition: () -> Bool) {
        while condition(), count > 0 { turn() }
    }

    /// Waits once and calls whoever is concerned.
    public func turn() {
        let order = watches.sorted { $0.key < $1.key }
        var polls = order.map {
            pollfd(fd: $0.value.descriptor, events: Int16($0.value.writes ? POLLOUT : POLLIN), revents: 0)
        }
        let count = unsafe poll(&polls, nfds_t(polls.count), timeout)
        if count > 0 {
            for (slot, entry) in zip(polls, order) where slot.revents != 0 {
                // Another one may have dropped it.
                watches[entry.key]?.body()
            }
        }
        let now = Instant.now
        for (key, timer) in timers.sorted(by: { $0.key < $1.key }) where timer.deadline <= now {
            guard timers.removeValue(forKey: key) != nil else { continue }
            timer.body()
        }
    }

    /// Milliseconds to the next time, rounded up; -1 for none.
    private var timeout: Int32 {
        guard let next = timers.values.map(\.deadline).min() else { return -1 }
        let left = next.nanoseconds - Instant.now.nanoseconds
        return left <= 0 ? 0 : Int32(clamping: (left + 999_999) / 1_000_000)
    }
}

/// A time of the clock that nobody sets.
public struct Instant: Sendable, Comparable, Hashable {
    /// Since some time in the past.
    public var nanoseconds: Int64

    /// The time now.
    public static var now: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Seconds from an earlier time to this one.
    public func seconds(since other: Instant) -> Double { Double(nanoseconds - other.nanoseconds) / 1e9 }

    /// A later time.
    public static func + (instant: Instant, delay: Duration) -> Instant {
        let (seconds, attoseconds) = delay.components
        return Instant(nanoseconds: instant.nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// Earlier is less.
    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }
}

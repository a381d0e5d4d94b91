import Synchronization

/// What tells a machine that whoever sits at its console typed Ctrl-C while a line runs.
///
/// As in U-Boot, that ends each loop of the line, and a loop that comes later does not begin; what stands behind a loop
/// still runs. Asking again ends the line at its next command, which U-Boot does not do.
public final class Interruption: Sendable {
    private let count = Atomic<Int>(0)

    /// Makes one that nobody asked for.
    public init() {}

    /// Types Ctrl-C; safe in a signal handler.
    public func ask() { count.add(1, ordering: .relaxed) }

    /// Forgets what was asked for, before the next line runs.
    public func clear() { count.store(0, ordering: .relaxed) }

    /// Whether loops are to end.
    public var isAsked: Bool { count.load(ordering: .relaxed) > 0 }

    /// Whether everything is to end.
    var isUrgent: Bool { count.load(ordering: .relaxed) > 1 }
}

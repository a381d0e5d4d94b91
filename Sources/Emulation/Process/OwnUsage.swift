internal import CSystem

/// What this process itself has used, without its children.
public enum OwnUsage {
    /// Seconds of processor time.
    public static var processorSeconds: Double { Double(csystem_processor_time()) / 1e9 }
    /// The most bytes that were resident.
    public static var largestByteCount: Int { Int(csystem_largest_size()) }
}

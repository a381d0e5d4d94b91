/// Where a board keeps its environment.
public enum EnvironmentStorage: Sendable, Equatable {
    /// Nowhere: it cannot be saved.
    case nowhere
    /// In a file on a FAT file system.
    case fat(interface: String, device: String, file: String)
}

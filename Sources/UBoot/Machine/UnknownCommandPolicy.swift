/// What comes of a word that is no command of the board.
public enum UnknownCommandPolicy: String, Sendable, CaseIterable {
    /// What the board does: it says so, and `$?` is 1.
    case board
    /// It does nothing, `$?` is 0, and the record lists it.
    case ignore
    /// The simulation ends there.
    case error
}

internal import Synchronization

/// The lists of packages that this process has asked a mirror for: each once, whatever came of it.
final class PackageLists: Sendable {
    private let outcomes = Mutex<[String: ArtifactError?]>([:])

    /// Calls `body` for the first request with a name; the others get the same failure, if it was one.
    func once(_ name: String, _ body: () throws(ArtifactError) -> Void) throws(ArtifactError) {
        if let outcome = outcomes.withLock({ $0[name] }) {
            if let error = outcome { throw error }
            return
        }
        var failure: ArtifactError?
        do throws(ArtifactError) { try body() } catch { failure = error }
        outcomes.withLock { $0[name] = .some(failure) }
        if let failure { throw failure }
    }
}

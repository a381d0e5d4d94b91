/// The candidate that `name` was probably meant to be, or nil when none is near.
///
/// Near means at most a third of the name's characters wrong (at least one), letter case aside, and not all of them;
/// a missing, an extra, a wrong and a swapped pair of characters count one each.
/// Among equally near candidates the one with the fewest differences in case wins, then the first.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let exact = Array(name)
    let folded = Array(name.lowercased())
    let limit = max(1, exact.count / 3)
    var best: (name: String, folded: Int, exact: Int)?
    for candidate in candidates {
        let shorter = min(exact.count, candidate.count)
        let other = Array(candidate.lowercased())
        guard let distance = editDistance(folded, other, atMost: limit), distance < shorter else { continue }
        if let best, distance > best.folded { continue }
        let caseAware = editDistance(exact, Array(candidate), atMost: exact.count + candidate.count) ?? Int.max
        if let best, (best.folded, best.exact) <= (distance, caseAware) { continue }
        best = (candidate, distance, caseAware)
    }
    return best?.name
}

/// The fewest insertions, deletions, substitutions and swaps of neighbours that make `a` into `b`; nil above `limit`.
private func editDistance(_ a: [Character], _ b: [Character], atMost limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i]
        row.reserveCapacity(b.count + 1)
        for j in 1...b.count {
            let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            var cost = min(substitution, last[j] + 1, row[j - 1] + 1)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                cost = min(cost, beforeLast[j - 2] + 1)
            }
            row.append(cost)
        }
        if min(row.min() ?? 0, last.min() ?? 0) > limit { return nil }
        (beforeLast, last) = (last, row)
    }
    return last[b.count] <= limit ? last[b.count] : nil
}

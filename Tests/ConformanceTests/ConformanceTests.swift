import Testing

/// What the real U-Boot answered, line by line, against what the simulated one answers.
struct ConformanceTests {
    @Test(arguments: RecordedSession.all + RecordedSession.ofBuilds)
    func everyLineAnswersAsRecorded(_ session: RecordedSession) throws {
        let run = try SessionRun(session)
        #expect(run.differences.isEmpty, "\(run.differences.map(\.description).joined(separator: "\n"))")
        #expect(run.treeMatches != false, "the final device tree differs")
    }

    @Test(arguments: RecordedSession.Release.packaged)
    func figuresPerArea(_ release: RecordedSession.Release) throws {
        var figures: [String: (right: Int, total: Int)] = [:]
        for session in RecordedSession.all where session.release == release {
            let run = try SessionRun(session)
            let area = session.area == "boot" ? "boot (\(session.name))" : session.area
            figures[area, default: (0, 0)].total += session.commands.count
            figures[area, default: (0, 0)].right += session.commands.count - run.differences.count
        }
        print("conformance with the recorded sessions of U-Boot \(release.rawValue):")
        for (area, figure) in figures.sorted(by: { $0.key < $1.key }) {
            print("  \(area): \(figure.right) of \(figure.total) lines, \(figure.right * 100 / max(1, figure.total)) %")
        }
        #expect(figures.count == 19)
        #expect(figures.values.map(\.total).reduce(0, +) == 732)
    }
}

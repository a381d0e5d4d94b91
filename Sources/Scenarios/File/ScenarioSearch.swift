internal import Boards
internal import FoundationEssentials
internal import NearestName

/// Finds scenarios by name, by folder or by file.
public struct ScenarioSearch: Sendable {
    /// Where named scenarios lie, each in a folder of its name.
    public let folders: [String]

    /// Looks in some folders; by default in `scenarios` of the current folder, and in those that belong to the program.
    public init(folders: [String]? = nil) {
        let own = Board.searchFolders().map { String($0.dropLast("boards".count)) + "scenarios" }
        self.folders = folders ?? ["scenarios"] + own
    }

    /// The names of all scenarios, of the first folder that has any.
    public var names: [String] {
        for folder in folders {
            let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let names = entries.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/scenario.yaml") }
            if !names.isEmpty { return names.sorted() }
        }
        return []
    }

    /// The scenario of a name; what ends in `.yaml` is a file, what has a `/` a folder.
    public func scenario(_ name: String) throws(ScenarioError) -> Scenario {
        var path = name
        if name.hasSuffix(".yaml") {
            return try read(path, name: Self.baseName(String(name.dropLast(5))))
        }
        while path.hasSuffix("/"), path.count > 1 { path.removeLast() }
        if name.contains("/") { return try read("\(path)/scenario.yaml", name: Self.baseName(path)) }
        for folder in folders {
            let candidate = "\(folder)/\(name)/scenario.yaml"
            if FileManager.default.fileExists(atPath: candidate) {
                var scenario = try read(candidate, name: name)
                scenario.reference = name
                return scenario
            }
        }
        if FileManager.default.fileExists(atPath: "\(name)/scenario.yaml") {
            return try read("\(name)/scenario.yaml", name: name)
        }
        let near = nearestName(to: name, among: names).map { ", did you mean '\($0)'?" }
        let known = names.isEmpty ? "" : ", known: " + names.joined(separator: ", ")
        throw ScenarioError("unknown scenario '\(name)'" + (near ?? known))
    }

    private func read(_ path: String, name: String) throws(ScenarioError) -> Scenario {
        let text: [UInt8]
        do throws(ArtifactError) {
            text = try Folders.read(path, limit: Scenario.byteLimit)
        } catch {
            throw ScenarioError("\(error)")
        }
        var own = Self.baseName(name)
        if ["scenario", ".", ".."].contains(own) {
            // A folder that is named by its place only has a name of its own all the same.
            let folder = URL(filePath: path).standardizedFileURL.deletingLastPathComponent().lastPathComponent
            if folder != "/" { own = folder }
        }
        var scenario = try Scenario(text: text, path: path, name: own)
        if path.hasSuffix("/scenario.yaml") { scenario.reference = String(path.dropLast("/scenario.yaml".count)) }
        return scenario
    }

    private static func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

internal import YAML

/// A scenario file as it is written.
struct ScenarioFile: Decodable {
    var description: String?
    var tags: [String]?
    var board: Marked<String>?
    var target: Target?
    var machine: MachinePart?
    var firmware: Marked<String>?
    var artifacts: OrderedMapping<ArtifactSource>
    var config: Marked<String>?
    var script: Marked<String>?
    var boot: Marked<BootPath>?
    var steps: [Step]?
    var expect: Marked<OrderedMapping<[Expectation]>>
    var limits: LimitPart?
    var crossCheck: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case description, tags, board, target, machine, firmware, artifacts, config, script, boot, steps, expect, limits
        case crossCheck = "cross-check"
    }

    /// What is started, which says how its texts are to be read.
    enum Target: String, Decodable, CaseIterable {
        case xen417 = "xen-4.17"
        case xen420 = "xen-4.20"
        case linux

        /// The release of Xen; nil for none.
        var hypervisorRelease: String? {
            rawValue.hasPrefix("xen-") ? String(rawValue.dropFirst("xen-".count)) : nil
        }
    }

    /// How the boot script comes to U-Boot.
    enum BootPath: String, Decodable, CaseIterable {
        case tftp, fit
        case signedFIT = "signed-fit"
    }

    struct MachinePart: Decodable {
        var memory: Marked<Int>?
        var cpus: Marked<Int>?
        var gic: Marked<Int>?
    }

    struct LimitPart: Decodable {
        var silence: Marked<Int>?
        var guest: Marked<Int>?
        var wall: Marked<Int>?
        var text: Marked<Int>?
    }

    /// Something that is typed.
    struct Step: Decodable {
        var type: Marked<String>
        var at: Marked<String>?
        var after: Marked<String>?

        enum CodingKeys: String, CodingKey, CaseIterable { case type, at, after }

        /// A line for U-Boot's prompt, or a mapping.
        init(from decoder: any Decoder) throws {
            if let line = try? decoder.singleValueContainer().decode(Marked<String>.self) {
                type = line
                return
            }
            let values = try decoder.container(keyedBy: CodingKeys.self)
            type = try values.decode(Marked<String>.self, forKey: .type)
            at = try values.decodeIfPresent(Marked<String>.self, forKey: .at)
            after = try values.decodeIfPresent(Marked<String>.self, forKey: .after)
        }
    }
}

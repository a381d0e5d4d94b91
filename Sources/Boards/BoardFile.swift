internal import YAML

/// A board file as it is written; what fits together and what does not is found when it becomes a machine.
struct BoardFile: Decodable {
    /// The board that has all that this file does not say; the values here are already laid over its.
    var extends: String?
    var description: String?
    var uBoot: UBootPart
    var memory: MemoryPart
    var deviceTree: Marked<TreePart>?
    var environment: EnvironmentPart?
    var console: Marked<[String]>?
    var loadAddress: Quantity?
    var commands: CommandList
    var fdt: [FDTFeature]?
    var usage: OrderedMapping<String?>?
    var answers: OrderedMapping<String?>?
    var network: NetworkPart?
    var devices: DevicePart?
    var disks: [Marked<DiskPart>]?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case extends, description
        case uBoot = "u-boot"
        case memory
        case deviceTree = "device-tree"
        case environment
        case console
        case loadAddress = "load-address"
        case commands, fdt, usage, answers, network, devices, disks
    }

    struct UBootPart: Decodable {
        var version: String
        var banner: String?
        var prompt: String?
        var maximumArguments: Quantity?
        var efiStart: String?
        var bits: Bits?
        var digests: Bool?
        var images: ImagesPart?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case version, banner, prompt
            case maximumArguments = "maximum-arguments"
            case efiStart = "efi-start"
            case bits, digests, images
        }

        /// The width of the CPU's words.
        enum Bits: String, Decodable, CaseIterable {
            case narrow = "32"
            case wide = "64"
        }
    }

    /// What the build knows of boot images.
    struct ImagesPart: Decodable {
        var architecture: ImageArchitecture?
        var fit: [FITFeature]?
        var unpacks: [Compression]?
        var digests: [ImageDigest]?
        var times: Bool?
        var kernelLimit: Quantity?
        var heap: Quantity?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case architecture, fit, unpacks, digests, times
            case kernelLimit = "kernel-limit"
            case heap
        }
    }

    /// What a build can do with FIT images, beyond reading them.
    enum FITFeature: String, Decodable, CaseIterable {
        case none
        case bestMatch = "best-match"
        case signatures, pss, ecdsa
        case ecdsaWithoutDevice = "ecdsa-without-device"
    }

    enum Compression: String, Decodable, CaseIterable {
        case gzip, bzip2, lzma, lzo, lz4, zstd
    }

    enum ImageDigest: String, Decodable, CaseIterable {
        case crc32, md5, sha1, sha256, sha384, sha512
        case crc16 = "crc16-ccitt"
    }

    enum ImageArchitecture: String, Decodable, CaseIterable {
        case arm64, arm, x86
    }

    struct MemoryPart: Decodable {
        var ram: Marked<[Marked<Window>]>
        var rom: [Marked<Window>]?
        var bus: [Marked<Window>]?
        var reserved: [Marked<Reservation>]?
    }

    /// A range of addresses; only read-only memory can have content.
    struct Window: Decodable {
        var start: Quantity
        var size: Quantity
        var file: Marked<String>?
        var bytes: Marked<HexBytes>?
        /// Bytes of a sector of NOR flash.
        var sector: Marked<Quantity>?
    }

    struct Reservation: Decodable {
        var start: Quantity
        var size: Quantity
        var why: String
    }

    struct TreePart: Decodable {
        var file: Marked<String>
        var address: Marked<Quantity>?
        var size: Marked<Quantity>?
        var control: Marked<Quantity>?
        /// The tree at `control`, where it is another one.
        var controlFile: Marked<String>?
        var seed: Seed?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case file, address, size, control
            case controlFile = "control-file"
            case seed
        }
    }

    /// Where the kernel's random seed comes from: U-Boot looks for a generator and finds none.
    enum Seed: String, Decodable, CaseIterable {
        case missing
    }

    struct EnvironmentPart: Decodable {
        var file: Marked<String>?
        var variables: OrderedMapping<String?>?
        var runtime: OrderedMapping<String?>?
        var size: Marked<Quantity>?
        var storage: StoragePart?
    }

    /// Where the environment is kept: nowhere, or in a file.
    struct StoragePart: Decodable {
        var kind: StorageKind
        var interface: DiskInterface?
        var device: String?
        var file: String?
    }

    enum StorageKind: String, Decodable, CaseIterable {
        case nowhere, fat
    }

    enum FDTFeature: String, Decodable, CaseIterable {
        case apply, boardsetup, checksign
    }

    /// A bus that disks can be attached to.
    struct DiskPart: Decodable {
        var interface: DiskInterface
        var identity: String?
        var slots: [String]?
        var info: String?
        var builtIn: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case interface, identity, slots, info
            case builtIn = "built-in"
        }
    }

    enum DiskInterface: String, Decodable, CaseIterable {
        case virtio, mmc, scsi, nvme, usb, sata, ide
    }

    struct NetworkPart: Decodable {
        var device: String
        var dhcp: OrderedMapping<String?>?
    }
}

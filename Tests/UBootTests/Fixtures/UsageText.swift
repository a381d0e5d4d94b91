/// What `help NAME` prints for commands of the real U-Boot, without the last line end.
enum UsageText {
    static let bootefi = """
        bootefi - Boots an EFI payload from memory

        Usage:
        bootefi <image address>[:<image size>] [<fdt address>]
          - boot EFI payload
        bootefi hello
          - boot a sample Hello World application stored within U-Boot
        bootefi selftest [fdt address]
          - boot an EFI selftest application stored within U-Boot
            Use environment variable efi_selftest to select a single test.
            Use 'setenv efi_selftest list' to enumerate all tests.
        bootefi bootmgr [fdt address]
          - load and boot EFI payload based on BootOrder/BootXXXX variables.

            If specified, the device tree located at <fdt address> gets
            exposed as EFI configuration table.
        """

    static let booti = """
        booti - boot Linux kernel 'Image' format from memory

        Usage:
        booti [addr [initrd[:size]] [fdt]]
            - boot Linux flat or compressed 'Image' stored at 'addr'
        \tThe argument 'initrd' is optional and specifies the address
        \tof an initrd in memory. The optional parameter ':size' allows
        \tspecifying the size of a RAW initrd.
        \tCurrently only booting from gz, bz2, lzma and lz4 compression
        \ttypes are supported. In order to boot from any of these compressed
        \timages, user have to set kernel_comp_addr_r and kernel_comp_size environment
        \tvariables beforehand.
        \tSince booting a Linux kernel requires a flat device-tree, a
        \tthird argument providing the address of the device-tree blob
        \tis required. To boot a kernel with a device-tree blob but
        \twithout an initrd image, use a '-' for the initrd argument.
        """

    static let bootm = """
        bootm - boot application image from memory

        Usage:
        bootm [addr [arg ...]]
            - boot application image stored in memory
        \tpassing arguments 'arg ...'; when booting a Linux kernel,
        \t'arg' can be the address of an initrd image
        \tWhen booting a Linux kernel which requires a flat device-tree
        \ta third argument is required which is the address of the
        \tdevice-tree blob. To boot that kernel without an initrd image,
        \tuse a '-' for the second argument. If you do not pass a third
        \ta bd_info struct will be passed instead
        \t
        For the new multi component uImage format (FIT) addresses
        \tmust be extended to include component or configuration unit name:
        \taddr:<subimg_uname> - direct component image specification
        \taddr#<conf_uname>   - configuration specification
        \tUse iminfo command to get the list of existing component
        \timages and configurations.

        Sub-commands to do part of the bootm sequence.  The sub-commands must be
        issued in the order below (it's ok to not issue all sub-commands):
        \tstart [addr [arg ...]]
        \tloados  - load OS image
        \tramdisk - relocate initrd, set env initrd_start/initrd_end
        \tfdt     - relocate flat device tree
        \tcmdline - OS specific command line processing/setup
        \tbdt     - OS specific bd_info processing
        \tprep    - OS specific prep before relocation or go
        \tgo      - start OS
        """

    static let cmp = """
        cmp - memory compare

        Usage:
        cmp [.b, .w, .l, .q] addr1 addr2 count
        """

    static let cp = """
        cp - memory copy

        Usage:
        cp [.b, .w, .l, .q] source target count
        """

    static let crc32 = """
        crc32 - checksum calculation

        Usage:
        crc32 address count [addr]
            - compute CRC32 checksum [save at addr]
        """

    static let dhcp = """
        dhcp - boot image via network using DHCP/TFTP protocol

        Usage:
        dhcp [loadAddress] [[hostIPaddr:]bootfilename]
        """

    static let echo = """
        echo - echo args to console

        Usage:
        echo [-n] [args..]
            - echo args to console; -n suppresses newline
        """

    static let env = """
        env - environment handling commands

        Usage:
        env default [-f] -a - [forcibly] reset default environment
        env default [-f] var [...] - [forcibly] reset variable(s) to their default values
        env delete [-f] var [...] - [forcibly] delete variable(s)
        env edit name - edit environment variable
        env exists name - tests for existence of variable
        env export [-t | -b | -c] [-s size] addr [var ...] - export environment
        env import [-d] [-t [-r] | -b | -c] addr [size] [var ...] - import environment
        env print [-a | name ...] - print environment
        env print -e [-guid guid] [-n] [name ...] - print UEFI environment
        env run var [...] - run commands in an environment variable
        env save - save environment
        env set -e [-nv][-bs][-rt][-at][-a][-i addr:size][-v] name [arg ...]
            - set UEFI variable; unset if '-i' or 'arg' not specified
        env set [-f] name [arg ...]
        """

    static let ext4load = """
        ext4load - load binary file from a Ext4 filesystem

        Usage:
        ext4load <interface> [<dev[:part]> [addr [filename [bytes [pos]]]]]
            - load binary file 'filename' from 'dev' on 'interface'
              to address 'addr' from ext4 filesystem
        """

    static let `false` = """
        false - do nothing, unsuccessfully

        Usage:
        false - No additional help available.
        """

    static let fatload = """
        fatload - load binary file from a dos filesystem

        Usage:
        fatload <interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]
            - Load binary file 'filename' from 'dev' on 'interface'
              to address 'addr' from dos filesystem.
              'pos' gives the file position to start loading from.
              If 'pos' is omitted, 0 is used. 'pos' requires 'bytes'.
              'bytes' gives the size to load. If 'bytes' is 0 or omitted,
              the load stops on end of file.
              If either 'pos' or 'bytes' are not aligned to
              ARCH_DMA_MINALIGN then a misaligned buffer warning will
              be printed and performance will suffer for the load.
        """

    static let fdt = """
        fdt - flattened device tree utility commands

        Usage:
        fdt addr [-c] [-q] <addr> [<size>]  - Set the [control] fdt location to <addr>
        fdt move   <fdt> <newaddr> <length> - Copy the fdt to <addr> and make it active
        fdt resize [<extrasize>]            - Resize fdt to size + padding to 4k addr + some optional <extrasize> if needed
        fdt print  <path> [<prop>]          - Recursive print starting at <path>
        fdt list   <path> [<prop>]          - Print one level starting at <path>
        fdt get value <var> <path> <prop> [<index>] - Get <property> and store in <var>
                                              In case of stringlist property, use optional <index>
                                              to select string within the stringlist. Default is 0.
        fdt get name <var> <path> <index>   - Get name of node <index> and store in <var>
        fdt get addr <var> <path> <prop>    - Get start address of <property> and store in <var>
        fdt get size <var> <path> [<prop>]  - Get size of [<property>] or num nodes and store in <var>
        fdt set    <path> <prop> [<val>]    - Set <property> [to <val>]
        fdt mknode <path> <node>            - Create a new node after <path>
        fdt rm     <path> [<prop>]          - Delete the node or <property>
        fdt header [get <var> <member>]     - Display header info
                                              get - get header member <member> and store it in <var>
        fdt bootcpu <id>                    - Set boot cpuid
        fdt memory <addr> <size>            - Add/Update memory node
        fdt rsvmem print                    - Show current mem reserves
        fdt rsvmem add <addr> <size>        - Add a mem reserve
        fdt rsvmem delete <index>           - Delete a mem reserves
        fdt chosen [<start> <size>]         - Add/update the /chosen branch in the tree
                                                <start>/<size> - initrd start addr/size
        fdt checksign [<addr>]              - check FIT signature
                                                <start> - addr of key blob
                                                          default gd->fdt_blob
        NOTE: Dereference aliases by omitting the leading '/', e.g. fdt print ethernet0.
        """

    static let iminfo = """
        iminfo - print header information for application image

        Usage:
        iminfo addr [addr ...]
            - print header information for application image starting at
              address 'addr' in memory; this includes verification of the
              image contents (magic number, header and payload checksums)
        """

    static let itest = """
        itest - return true/false on integer compare

        Usage:
        itest [.b, .w, .l, .q, .s] [*]value1 <op> [*]value2
        """

    static let load = """
        load - load binary file from a filesystem

        Usage:
        load <interface> [<dev[:part]> [<addr> [<filename> [bytes [pos]]]]]
            - Load binary file 'filename' from partition 'part' on device
               type 'interface' instance 'dev' to address 'addr' in memory.
              'bytes' gives the size to load in bytes.
              If 'bytes' is 0 or omitted, the file is read until the end.
              'pos' gives the file byte position to start reading from.
              If 'pos' is 0 or omitted, the file is read from the start.
        """

    static let md = """
        md - memory display

        Usage:
        md [.b, .w, .l, .q] address [# of objects]
        """

    static let mw = """
        mw - memory write (fill)

        Usage:
        mw [.b, .w, .l, .q] address value [count]
        """

    static let panic = """
        panic - Panic with optional message

        Usage:
        panic [message]
        """

    static let printenv = """
        printenv - print environment variables

        Usage:
        printenv [-a]
            - print [all] values of all environment variables
        printenv -e [-guid guid][-n] [name ...]
            - print UEFI variable 'name' or all the variables
              "-guid": GUID xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
              "-n": suppress dumping variable's value
        printenv name ...
            - print value of environment variable 'name'
        """

    static let reset = """
        reset - Perform RESET of the CPU

        Usage:
        reset - cold boot without level specifier
        reset -w - warm reset if implemented
        """

    static let run = """
        run - run commands in an environment variable

        Usage:
        run var [...]
            - run the commands in the environment variable(s) 'var'
        """

    static let setenv = """
        setenv - set environment variables

        Usage:
        setenv -e [-guid guid][-nv][-bs][-rt][-at][-a][-v]
                [-i addr:size name], or [name [value ...]]
            - set UEFI variable 'name' to 'value' ...'
              "-guid": GUID xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
              "-nv": set non-volatile attribute
              "-bs": set boot-service attribute
              "-rt": set runtime attribute
              "-at": set time-based authentication attribute
              "-a": append-write
              "-i addr,size": use <addr,size> as variable's value
              "-v": verbose message
            - delete UEFI variable 'name' if 'value' not specified
        setenv [-f] name value ...
            - [forcibly] set environment variable 'name' to 'value ...'
        setenv [-f] name
            - [forcibly] delete environment variable 'name'
        """

    static let setexpr = """
        setexpr - set environment variable as the result of eval expression

        Usage:
        setexpr [.b, .w, .l, .s] name [*]value1 <op> [*]value2
            - set environment variable 'name' to the result of the evaluated
              expression specified by <op>.  <op> can be &, |, ^, +, -, *, /, %
              (for strings only + is supported)
              size argument is only meaningful if value1 and/or value2 are
              memory addresses (*)
        setexpr[.b, .w, .l] name [*]value
            - load a value into a variable
        setexpr name gsub r s [t]
            - For each substring matching the regular expression <r> in the
              string <t>, substitute the string <s>.  The result is
              assigned to <name>.  If <t> is not supplied, use the old
              value of <name>
        setexpr name sub r s [t]
            - Just like gsub(), but replace only the first matching substring
        """

    static let sleep = """
        sleep - delay execution for some time

        Usage:
        sleep N
            - delay execution for N seconds (N is _decimal_ and can be
              fractional)
        """

    static let source = """
        source - run script from memory

        Usage:
        source [addr]
        \t- run script starting at addr
        \t- A valid image header must be present
        For FIT format uImage addr must include subimage
        unit name in the form of addr:<subimg_uname>
        """

    static let test = """
        test - minimal test like /bin/sh

        Usage:
        test [args..]
        """

    static let tftpboot = """
        tftpboot - load file via network using TFTP protocol

        Usage:
        tftpboot [loadAddress] [[hostIPaddr:]bootfilename]
        """

    static let `true` = """
        true - do nothing, successfully

        Usage:
        true - No additional help available.
        """

    static let unzip = """
        unzip - unzip a memory region

        Usage:
        unzip srcaddr dstaddr [dstsize]
        """
}

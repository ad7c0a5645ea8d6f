// The SELinux context of the file systems that are made for a container (linux.mountLabel).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tare::namespaces {

struct MountLabel {
  std::string context;             // empty: none is wanted
  std::string option = "context";  // or fscontext, defcontext, rootcontext: mount(8)
};

enum class LabelWay {
  None,       // the kernel labels it by itself, or cannot at all
  Option,     // by the mount option
  Attribute,  // by an extended attribute of its root
};

// How a new file system of this type takes a label.
LabelWay label_way(std::string_view type, bool user_namespace);

// Whether an option of the mount itself says the context already.
bool has_context(const std::vector<std::string>& options);
// Takes the quotes of mount(2) off it, for fsconfig(2).
void unquote_context(std::vector<std::string>& options);

// The option for fsconfig(2), which wants the context as it is, or for mount(2), where quotes keep
// its commas apart from those between options.
std::string fsconfig_option(const MountLabel& label);
std::string mount_option(const MountLabel& label);

}  // namespace tare::namespaces

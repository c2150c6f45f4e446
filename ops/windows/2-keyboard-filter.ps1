#Requires -RunAsAdministrator
# No key leads out: Keyboard Filter of Windows 10/11 IoT Enterprise LTSC. Administrators keep their keys.
# Untried: written after the maker's documentation, never run by us.
$ErrorActionPreference = 'Stop'
$scope = 'root\standardcimv2\embedded'

Enable-WindowsOptionalFeature -Online -NoRestart -FeatureName Client-KeyboardFilter | Out-Null

$predefined = @(
  'Ctrl+Alt+Del', 'Ctrl+Shift+Esc', 'Ctrl+Esc', 'Alt+Tab', 'Ctrl+Tab', 'Alt+Esc', 'Alt+F4', 'Alt+Space', 'Ctrl+F4',
  'Win+L', 'Win+R', 'Win+E', 'Win+D', 'Win+U', 'Win+Enter', 'Win+Tab', 'Windows', 'LWin', 'RWin', 'Application', 'F21',
  'Shift+Ctrl+Esc', 'LShift+LAlt+NumLock', 'LShift+LAlt+PrintScrn', 'BrowserHome', 'BrowserSearch', 'LaunchMail',
  'LaunchApp1', 'LaunchApp2'
)
foreach ($id in $predefined) {
  $key = Get-CimInstance -Namespace $scope -ClassName WEKF_PredefinedKey -Filter "Id = '$id'"
  if ($null -eq $key) { Write-Warning "This Windows does not know $id"; continue }
  $key.Enabled = $true
  Set-CimInstance -InputObject $key
}
$custom = @(
  'Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+O', 'Ctrl+P', 'Ctrl+S', 'Ctrl+U', 'Ctrl+J', 'Ctrl+H', 'Ctrl+L', 'Ctrl+Shift+I',
  'F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'PrintScreen'
)
foreach ($id in $custom) {
  Invoke-CimMethod -Namespace $scope -ClassName WEKF_CustomKey -MethodName Add -Arguments @{ CustomKey = $id } | Out-Null
}
# Administrators are not bound, nor is a key struck five times the way out.
$setting = Get-CimInstance -Namespace $scope -ClassName WEKF_Settings -Filter "Name = 'DisableKeyboardFilterForAdministrators'"
$setting.Value = 'true'
Set-CimInstance -InputObject $setting
$breakout = Get-CimInstance -Namespace $scope -ClassName WEKF_Settings -Filter "Name = 'BreakoutKeyScanCode'"
$breakout.Value = '0'
Set-CimInstance -InputObject $breakout
# Edge swipes, press-and-hold and sticky keys.
$edge = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI'
New-Item $edge -Force | Out-Null
Set-ItemProperty $edge -Name AllowEdgeSwipe -Value 0 -Type DWord
